import MagicString from 'magic-string'
import { placesOf, readCode, visit, wrappings } from './syntax-tree.js'

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
      for (let next; (next = unfoldCall(text) ?? unfoldList(text)) !== undefined;) text = next
      return { code: text, map: null }
    },
  }
}

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

/** All declarations of single variables or patterns; of them the lists that are never replaced, and the factories that are called once. */
function readFacts(code) {
  const { tree } = readCode(code)
  const declarations = []
  const uses = new Map()
  const replaced = new Set()
  visit(tree, (node) => {
    if (node.type === 'Identifier') uses.set(node.name, (uses.get(node.name) ?? 0) + 1)
    if (node.type === 'VariableDeclaration' && node.declarations.length === 1)
      declarations.push({ node, id: node.declarations[0].id, init: node.declarations[0].init })
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression'
          ? node.argument
          : undefined
    if (target && target.type !== 'MemberExpression') visit(target, ({ name }) => replaced.add(name))
  })
  const lists = new Map()
  const factories = new Map()
  for (const one of declarations) {
    const { id, init } = one
    if (init?.type === 'ArrayExpression' && !replaced.has(id.name)) lists.set(id.name, init)
    if (isFactory(init) && uses.get(id.name) === 2) factories.set(id.name, one)
  }
  return { declarations, lists, factories, replaced }
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

/** An arrow function with a body whose only return is its last statement. */
function isFactory(node) {
  if (node?.type !== 'ArrowFunctionExpression' || node.async || node.body.type !== 'BlockStatement')
    return false
  if (node.params.some(({ type }) => !/^(Identifier|ArrayPattern)$/.test(type))) return false
  let returns = 0
  const count = (part) => {
    if (Array.isArray(part)) part.forEach(count)
    else if (typeof part?.type === 'string' && !/Function/.test(part.type)) {
      if (part.type === 'ReturnStatement') returns++
      Object.values(part).forEach(count)
    }
  }
  count(node.body.body)
  return returns === 1 && node.body.body.at(-1).type === 'ReturnStatement'
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
