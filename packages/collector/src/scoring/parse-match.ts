import { EVENT_TYPES, MAX_NAME_CHARS } from '@sojourn/protocol'
import { createFieldReader, quote } from '../definition/field-reader.ts'
import type { FieldReader } from '../definition/field-reader.ts'
import { isPropertyPath } from '../definition/property-path.ts'
import type { Match, PropertyMatch } from './match.ts'
import { MAX_PATTERN_CHARS } from './path-pattern.ts'

const MAX_PROPERTIES = 20
const MAX_VALUE_CHARS = 1_024

/** A match from an untrusted value; every problem is added to `problems`, led by `at`, and the result then is not to be used. */
export function parseMatch(value: unknown, at: string, problems: string[]): Match {
  const fields = createFieldReader(value, at, problems)
  if (!fields) return {}
  const [name, type] = [fields.text('name', MAX_NAME_CHARS), fields.oneOf('type', EVENT_TYPES)]
  const [path, tags] = [fields.text('path', MAX_PATTERN_CHARS), fields.texts('tags', MAX_NAME_CHARS)]
  const properties = parseProperties(fields, at, problems)
  fields.refuseUnknown()
  if (tags?.length === 0) fields.refuse('tags', 'must name at least one; leave it out for any.')
  const match: Match = {
    ...(name === undefined ? {} : { name }),
    ...(type === undefined ? {} : { type }),
    ...(path === undefined ? {} : { path }),
    ...(tags === undefined ? {} : { tags }),
    ...(properties === undefined ? {} : { properties }),
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    problems.push(`${at.replace(/\.$/, '')} must name at least one of name, type, path, tags, properties.`)
  return match
}

function parseProperties(
  fields: FieldReader,
  at: string,
  problems: string[],
): ReadonlyMap<string, PropertyMatch> | undefined {
  const value = fields.raw('properties')
  if (value === undefined) return undefined
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    fields.refuse('properties', 'must be an object of property paths and wanted values.')
    return undefined
  }
  const entries = Object.entries(value)
  if (entries.length === 0 || entries.length > MAX_PROPERTIES)
    fields.refuse('properties', `must name 1 to ${MAX_PROPERTIES} properties.`)
  const wanted = new Map<string, PropertyMatch>()
  for (const [key, each] of entries.slice(0, MAX_PROPERTIES)) {
    const place = `properties[${quote(key)}]`
    if (!isPropertyPath(`properties.${key}`))
      fields.refuse(place, 'must be a path without empty parts, such as plan or cart.total.')
    else if (isBounds(each)) wanted.set(key, parseBounds(each, `${at}${place}.`, problems))
    else if (isPlainValue(each)) wanted.set(key, each)
    else fields.refuse(place, 'must be a text, a number, true, false, or an object with min or max.')
  }
  return wanted
}

function isPlainValue(value: unknown): value is string | number | boolean {
  if (typeof value === 'string') return value.length <= MAX_VALUE_CHARS
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
}

function isBounds(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseBounds(value: object, at: string, problems: string[]): PropertyMatch {
  const fields = createFieldReader(value, at, problems)!
  const bound = (key: string) => {
    const found = fields.raw(key)
    if (found === undefined || (typeof found === 'number' && Number.isFinite(found))) return found
    fields.refuse(key, `must be a number, not ${quote(found)}.`)
    return undefined
  }
  const [min, max] = [bound('min'), bound('max')]
  fields.refuseUnknown()
  if (Object.keys(value).length === 0) problems.push(`${at.replace(/\.$/, '')} must have min or max.`)
  if (min !== undefined && max !== undefined && min > max)
    fields.refuse('min', 'is over max: no number could match.')
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}
