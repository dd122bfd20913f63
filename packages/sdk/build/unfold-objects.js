import MagicString from 'magic-string'
import { readFacts } from './code-facts.js'

/** Puts the functions of one object of functions where they are asked for by name; undefined where none is left. */
export function unfoldObject(code) {
  const { objects, members, uses } = readFacts(code)
  for (const [name, { node, init }] of objects) {
    const values = new Map(init.properties.map(({ key, value }) => [key?.name, value?.name]))
    const asked = members.filter(({ object }) => object.name === name)
    if (!values.size || asked.length + 1 !== uses.get(name)) continue
    if (asked.some(({ property, computed }) => computed || !values.get(property.name))) continue
    const text = new MagicString(code)
    text.remove(node.start, node.end)
    for (const { start, end, property } of asked) {
      text.update(start, end, values.get(property.name))
      if (code.startsWith('?.(', end)) text.remove(end, end + 2)
    }
    return text.toString()
  }
  return undefined
}

/** Puts the functions of one object of functions into the object that takes them all over; undefined where none is left. */
export function unfoldSpread(code) {
  const { objects, spreads, uses } = readFacts(code)
  for (const { argument, start, end } of spreads) {
    const { node, init } = objects.get(argument.name) ?? {}
    if (!init || uses.get(argument.name) !== 2) continue
    if (!init.properties.every(({ value }) => /Function/.test(value?.type))) continue
    const text = new MagicString(code)
    text.update(start, end, code.slice(init.start + 1, init.end - 1).replace(/,\s*$/, ''))
    text.remove(node.start, node.end)
    return text.toString()
  }
  return undefined
}

/** Repeats what a loop does for each variable of a list that is known; undefined where none is left. */
export function unfoldLoop(code) {
  const { lists, loops, uses } = readFacts(code)
  for (const { left, right, body, start, end } of loops) {
    const list = lists.get(right.name)
    const variable = left.declarations?.[0].id.name
    if (!list || uses.get(right.name) !== 2 || !list.elements.every((one) => one?.type === 'Identifier'))
      continue
    const done = code.slice(body.start, body.end)
    const text = new MagicString(code)
    text.update(start, end, list.elements.map(({ name }) => done.replaceAll(variable, () => name)).join('\n'))
    text.update(list.start, list.end, '0')
    return text.toString()
  }
  return undefined
}

/** Makes variables of the properties of one object that is never handed on as a whole; undefined where none is left. */
export function scatter(code) {
  const { objects, members, uses, replaced, assigned } = readFacts(code)
  for (const [name, { node, init }] of objects) {
    const asked = members.filter(({ object }) => object.name === name)
    const isPrivate = ({ key, property, computed, kind }) =>
      !computed && /^_/.test((key ?? property)?.name) && (!kind || kind === 'init')
    if (!init.properties.length || asked.length + 1 !== uses.get(name)) continue
    if (!asked.every(isPrivate) || !init.properties.every(isPrivate)) continue
    const same = new Map()
    for (const { key, value } of init.properties)
      if (
        value.type === 'Identifier' &&
        !replaced.has(value.name) &&
        !asked.some(({ property, start }) => property.name === key.name && assigned.has(start))
      )
        same.set(key.name, value.name)
    const variable = (field) => same.get(field) ?? name.replace('$', `${field}$`)
    const values = new Map(asked.map(({ property }) => [property.name, '']))
    for (const { key, value } of init.properties)
      values.set(key.name, ` = ${code.slice(value.start, value.end)}`)
    const text = new MagicString(code)
    text.update(
      node.start,
      node.end,
      [...values]
        .filter(([field]) => !same.has(field))
        .map(([field, value]) => `let ${variable(field)}${value};`)
        .join('\n'),
    )
    for (const { start, end, property } of asked) text.update(start, end, variable(property.name))
    return text.toString()
  }
  return undefined
}
