import { readCode, visit } from './syntax-tree.js'

/** All declarations of single variables or patterns; of them the lists that are never replaced, and the factories that are called once. */
export function readFacts(code) {
  const { tree } = readCode(code)
  const declarations = []
  const uses = new Map()
  const calls = []
  const members = []
  const assigned = new Set()
  const loops = []
  const spreads = []
  /** Where an expression is all that an arrow function gives, or a statement of its own; by where it starts. */
  const wholes = new Map()
  const replaced = new Set()
  visit(tree, (node) => {
    if (node.type === 'CallExpression') calls.push(node)
    if (node.type === 'ExpressionStatement') wholes.set(node.start, { ...node, isResult: false })
    if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement')
      wholes.set(node.body.start, { ...node.body, isResult: true })
    if (node.type === 'ReturnStatement' && node.argument)
      wholes.set(node.argument.start, { ...node, isResult: true })
    if (node.type === 'ForOfStatement') loops.push(node)
    if (node.type === 'SpreadElement') spreads.push(node)
    if (node.type === 'MemberExpression') members.push(node)
    if (node.type === 'Identifier') uses.set(node.name, (uses.get(node.name) ?? 0) + 1)
    if (node.type === 'VariableDeclaration' && node.declarations.length === 1)
      declarations.push({ node, id: node.declarations[0].id, init: node.declarations[0].init })
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression'
          ? node.argument
          : undefined
    if (target?.type === 'MemberExpression') assigned.add(target.start)
    if (target && target.type !== 'MemberExpression') visit(target, ({ name }) => replaced.add(name))
  })
  const lists = new Map()
  const objects = new Map()
  const factories = new Map()
  for (const one of declarations) {
    const { id, init } = one
    if (init?.type === 'ArrayExpression' && !replaced.has(id.name)) lists.set(id.name, init)
    if (init?.type === 'ObjectExpression' && !replaced.has(id.name)) objects.set(id.name, one)
    if (init?.operator === '??' && init.left.type === 'CallExpression' && makesList(declarations, init.left))
      one.init = init.left
    if (isFactory(init) && uses.get(id.name) === 2) factories.set(id.name, one)
  }
  return {
    assigned,
    calls,
    loops,
    members,
    spreads,
    wholes,
    declarations,
    lists,
    objects,
    factories,
    replaced,
    uses,
  }
}

/** Whether it is the call of a factory that returns a list: what stands after `??` is never used. */
function makesList(declarations, { callee }) {
  const called = declarations.find(({ id }) => id.name === callee.name)?.init
  return isFactory(called) && called.body.body.at(-1).argument.type === 'ArrayExpression'
}

/** An arrow function with a body whose only return is its last statement. */
function isFactory(node) {
  if (node?.type !== 'ArrowFunctionExpression' || node.async || node.body.type !== 'BlockStatement')
    return false
  if (node.params.some(({ type }) => !/^(Identifier|ArrayPattern)$/.test(type))) return false
  const returns = returnsOf(node)
  return returns.length === 1 && node.body.body.at(-1) === returns[0]
}

/** The return statements of a function, without those of functions in it. */
export function returnsOf(node) {
  const found = []
  const look = (part) => {
    if (Array.isArray(part)) part.forEach(look)
    else if (typeof part?.type === 'string' && !/Function/.test(part.type)) {
      if (part.type === 'ReturnStatement') found.push(part)
      Object.values(part).forEach(look)
    }
  }
  look(node.body.body)
  return found
}
