import MagicString from 'magic-string'
import { brotliCompressSync, constants } from 'node:zlib'
import { placesOf, readCode, visit, wrappings } from './syntax-tree.js'

/** Single letters in an order that was found by trying: brotli has the least to tell about it. */
const LETTERS = [...'ljUiswuynbxStARmpezoaKfDkhQLr_FcdqGJBgZCOPN$HvYXMVIETW']
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
const NAMES = [...LETTERS, ...PAIRS.filter((pair) => !/^(as|do|if|in|is|of)$/.test(pair))]

/** How names can be dealt: how many of the variables that are used most come first, and from which height on each scope's do. */
const WAYS = [0, 1, 2].flatMap((height) =>
  [0, 1, 2, 4, 8, 12, 16, 20, 25, 40].map((first) => ({ height, first })),
)

/**
 * A rollup plugin that shortens names after everything else: variables, and properties that begin with an underscore. Innermost functions
 * choose first and in the order of their source, so that small functions of one shape get the same text: brotli tells it once. Of
 * several ways to deal the names the one is kept that weighs least.
 */
export function shortNames() {
  return {
    name: 'short-names',
    renderChunk(code) {
      let best
      for (const way of WAYS) {
        const named = withNames(code, way)
        const weight = brotliCompressSync(named, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
        if (!(best?.weight <= weight)) best = { weight, named }
      }
      return { code: best.named, map: null }
    },
  }
}

/** The code with short names, dealt in one way. */
function withNames(code, way) {
  const { tree, scopes } = readCode(code)
  const text = new MagicString(code)
  const fields = shortFields(tree)
  visit(tree, (node) => {
    if (node.shorthand || !fields.has(fieldOf(node))) return
    const { start, end } = node.property ?? node.key
    text.update(start, end, fields.get(fieldOf(node)))
  })
  const around = wrappings(tree, (name) => fields.get(name) ?? name)
  for (const { places, name } of shortVariables(scopes, way))
    for (const { start, end } of places) {
      const [before, after] = around.get(start) ?? ['', '']
      text.update(start, end, before + name + after)
    }
  return text.toString()
}

/** A short name for each property that begins with an underscore: one that no other property has. */
function shortFields(tree) {
  const fields = new Map()
  const taken = new Set()
  visit(tree, (node) => {
    const name = fieldOf(node)
    if (name?.startsWith('_')) fields.set(name, '')
    else taken.add(name)
  })
  for (const field of fields.keys()) {
    const name = NAMES.find((free) => !taken.has(free))
    fields.set(field, name)
    taken.add(name)
  }
  return fields
}

/** The name of the property that a node reads, makes or takes out of an object; undefined for other nodes. */
function fieldOf({ type, property, key, computed }) {
  if (computed) return undefined
  return type === 'MemberExpression' ? property.name : type === 'Property' ? key.name : undefined
}

/** All variables with their places, and a short name that no other variable has where this one is seen. */
function shortVariables(scopes, way) {
  const globals = new Set()
  for (const { references } of scopes)
    for (const { resolved, identifier } of references) if (!resolved) globals.add(identifier.name)
  const all = scopes.toSorted((a, b) => height(a) - height(b)).flatMap((scope) => variablesOf(scope, way))
  const first = all.toSorted((a, b) => b.places.length - a.places.length).slice(0, way.first)
  const variables = [...first, ...all.filter((variable) => !first.includes(variable))]
  for (const variable of variables) {
    const taken = new Set(globals)
    for (const { name, scope, scopes: seenIn } of variables)
      if (name && (seenIn.has(variable.scope) || variable.scopes.has(scope))) taken.add(name)
    variable.name = NAMES.find((name) => !taken.has(name))
  }
  return variables
}

/** In large scopes, what is used most comes first: there are not letters for all. */
function variablesOf(scope, way) {
  const variables = scope.variables.filter(({ defs }) => defs[0]).map(seen)
  return height(scope) > way.height ? variables.sort((a, b) => b.places.length - a.places.length) : variables
}

/** A variable with its places and the scopes in which it is seen: its own, and all on the way from it to where it is used. */
function seen(variable) {
  const { scope, references } = variable
  const scopes = new Set([scope])
  for (const { from } of references)
    for (let inner = from; inner !== scope; inner = inner.upper) scopes.add(inner)
  return { scope, scopes, places: placesOf(variable) }
}

/** How many functions deep a scope goes. */
function height({ type, childScopes }) {
  return (type === 'function' ? 1 : 0) + Math.max(0, ...childScopes.map(height))
}
