import MagicString from 'magic-string'
import { readFacts, returnsOf } from './code-facts.js'
import { placesOf, readCode, wrappings } from './syntax-tree.js'
import { scatter, unfoldLoop, unfoldObject, unfoldSpread } from './unfold-objects.js'

/**
 * A rollup plugin that puts the bodies of modules' factories where they are called: `let [read, write] = createJar(storage)`, if that is
 * the only call, becomes what `createJar` declares, in the scope of the caller. So a tracker is one flat scope, though its source is in
 * files of one idea each, which saves 60 bytes. A factory is an arrow function of the top level whose only return is its last statement.
 */
export function unfold() {
  return {
    name: 'unfold',
    renderChunk(code) {
      let text = withUniqueNames(code)
      for (
        let next;
        (next =
          unfoldCall(text) ??
          unfoldList(text) ??
          unfoldObject(text) ??
          unfoldFunction(text) ??
          unfoldLoop(text) ??
          unfoldSpread(text) ??
          scatter(text)) !== undefined;
      )
        text = next
      return { code: text, map: null }
    },
  }
}

/** What a parameter is that was not given. */
const NOTHING = { type: 'Literal' }

/** Puts one factory where it is called; undefined where none is left. */
function unfoldCall(code) {
  const facts = readFacts(code)
  const { declarations, factories } = facts
  const call = declarations.find(
    ({ init }) => init?.type === 'CallExpression' && factories.has(init.callee.name),
  )
  if (!call) return undefined
  const { init: factory, node: declaration } = factories.get(call.init.callee.name)
  const bind = binder(code, facts)
  const { body } = factory.body
  const parameters = factory.params.flatMap((parameter, i) => bind(parameter, call.init.arguments[i]))
  const results = bind(call.id, body.at(-1).argument)
  const text = new MagicString(code)
  text.remove(declaration.start, declaration.end)
  text.update(
    call.node.start,
    call.node.end,
    [...parameters, code.slice(factory.body.start + 1, body.at(-1).start), ...results].join('\n'),
  )
  return bind.aliased(text.toString())
}

/** Takes apart one list of which the parts are known; undefined where none is left. */
function unfoldList(code) {
  const facts = readFacts(code)
  const taken = facts.declarations.find(
    ({ id, init }) => id.type === 'ArrayPattern' && facts.lists.has(init?.name),
  )
  if (!taken) return undefined
  const bind = binder(code, facts)
  const text = new MagicString(code)
  text.update(taken.node.start, taken.node.end, bind(taken.id, taken.init).join('\n'))
  return bind.aliased(text.toString())
}

/**
 * Puts one function that is called once where it is called, and what never changes in the place of its parameters; undefined where
 * none is left. Of an expression nothing else remains.
 */
function unfoldFunction(code) {
  const { calls, declarations, uses, replaced, wholes } = readFacts(code)
  const isFixed = ({ type, name }) => type === 'Literal' || (type === 'Identifier' && !replaced.has(name))
  for (const { id, init, node } of declarations) {
    if (init?.type !== 'ArrowFunctionExpression' || init.async || uses.get(id.name) !== 2) continue
    const call = calls.find(({ callee }) => callee.name === id.name)
    if (!call || (call.start > node.start && call.end < node.end)) continue
    const { params } = init
    if (call.arguments.length > params.length) continue
    const given = params.map((_, i) => call.arguments[i] ?? NOTHING)
    const whole = wholes.get(call.start)
    const isBlock = init.body.type === 'BlockStatement'
    const isStatement = isBlock && whole && (whole.isResult || !returnsOf(init)[0])
    const source = (one) => (one === NOTHING ? 'undefined' : code.slice(one.start, one.end))
    const fixed = params.map((parameter, i) => isFixed(parameter) && isFixed(given[i]))
    const values = new Map(params.flatMap(({ name }, i) => (fixed[i] ? [[name, source(given[i])]] : [])))
    if (values.size < params.length && !isStatement) continue
    const rest = params.flatMap((one, i) => (fixed[i] ? [] : `let ${source(one)} = ${source(given[i])};`))
    const body = source(init.body).replace(/[\w$]+\$\d+/g, (name) => values.get(name) ?? name)
    const text = new MagicString(code)
    if (isStatement) text.update(whole.start, whole.end, `{${rest.join('')}${body.slice(1)}`)
    else text.update(call.start, call.end, isBlock ? `(() => ${body})()` : `(${body})`)
    text.remove(node.start, node.end)
    return text.toString()
  }
  return undefined
}

/** Gives what a pattern declares its values: as declarations, or, where both are variables that nobody replaces, as one name for both. */
function binder(code, { lists, replaced }) {
  const aliases = new Map()
  const bind = (pattern, value) => {
    const list = lists.get(value.name) ?? value
    if (pattern.type === 'ArrayPattern' && list.type === 'ArrayExpression')
      return pattern.elements.flatMap((one, i) => (one ? bind(one, list.elements[i]) : []))
    if (
      value.type === 'Identifier' &&
      pattern.name &&
      !replaced.has(pattern.name) &&
      !replaced.has(value.name)
    ) {
      aliases.set(pattern.name, value.name)
      return []
    }
    return [`let ${code.slice(pattern.start, pattern.end)} = ${code.slice(value.start, value.end)};`]
  }
  const final = (name) => (aliases.has(name) ? final(aliases.get(name)) : name)
  bind.aliased = (text) => text.replace(/[\w$]+\$\d+/g, final)
  return bind
}

/** The code with a number after the name of each variable, so that no two scopes have the same name. */
function withUniqueNames(code) {
  const { tree, scopes } = readCode(code)
  const text = new MagicString(code)
  const around = wrappings(tree)
  let i = 0
  for (const variable of scopes.flatMap(({ variables }) => variables.filter(({ defs }) => defs[0])))
    for (const { start, end } of (i++, placesOf(variable))) {
      const [before, after] = around.get(start) ?? ['', '']
      text.update(start, end, `${before}${variable.name}$${i}${after}`)
    }
  return text.toString()
}
