import { analyze } from 'eslint-scope'
import { parseAst } from 'rollup/parseAst'

/** The syntax tree (ESTree) of a module's code, and its scopes with their variables, outermost first. */
export function readCode(code) {
  const tree = parseAst(code)
  visit(tree, (node) => (node.range = [node.start, node.end]))
  return { tree, scopes: analyze(tree, { ecmaVersion: 2022, sourceType: 'module' }).scopes }
}

/** Shows a function every node of a tree, parents first. */
export function visit(node, look) {
  if (Array.isArray(node)) for (const one of node) visit(one, look)
  else if (typeof node?.type === 'string') {
    look(node)
    for (const [name, child] of Object.entries(node)) if (name !== 'range') visit(child, look)
  }
}

/** Each place where a variable stands, its declaration first. */
export function placesOf({ identifiers, references }) {
  const all = [...identifiers, ...references.map(({ identifier }) => identifier)]
  return [...new Map(all.map((one) => [one.start, one])).values()]
}

/**
 * What stands before and after a variable where it is written once, both for itself and for what it is called outside, by its place:
 * `{ a }` becomes `{ a: b }`, and `export { a }` becomes `export { b as a }`.
 */
export function wrappings(tree, nameOf = (name) => name) {
  const found = new Map()
  visit(tree, (node) => {
    if (node.shorthand) found.set(node.start, [`${nameOf(node.key.name)}:`, ''])
    if (node.type === 'ExportSpecifier' && node.local.start === node.exported.start)
      found.set(node.start, ['', ` as ${node.exported.name}`])
  })
  return found
}
