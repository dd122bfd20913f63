import { randomBytes } from 'node:crypto'
import { isId } from '@sojourn/protocol'
import { v7 as uuidv7 } from 'uuid'
import { RESERVED_NAMES } from '../definition/built-in.ts'
import type { Source } from '../store/store.ts'

const FIELDS = ['name', 'type', 'origins', 'writeKey'] as const
const CHANGEABLE = ['name', 'type', 'origins'] as const
const RESERVED: readonly string[] = RESERVED_NAMES
const MAX_ORIGINS = 100
const MAX_NAME_CHARS = 128

/** A source to be made, with the id and the write key that it lacked; or everything that is wrong with it. */
export type ParsedSource =
  { readonly ok: true; readonly source: Source } | { readonly ok: false; readonly errors: readonly string[] }

/** A source from an untrusted value: the body of `POST /v1/sources`. Unlike an event, it may have no field that is unknown here. */
export function parseSource(value: unknown): ParsedSource {
  if (!isObject(value))
    return {
      ok: false,
      errors: ['The body must be a JSON object: {"name", "type", "origins"?, "writeKey"?}.'],
    }
  return readSource(value, { id: uuidv7(), origins: [], writeKey: newWriteKey() }, FIELDS)
}

/** A source as an untrusted value changes it: the body of `PATCH /v1/sources/:id`. The key is not changed this way, only rotated. */
export function parseSourceChange(source: Source, value: unknown): ParsedSource {
  if (!isObject(value))
    return { ok: false, errors: ['The body must be a JSON object: {"name"?, "type"?, "origins"?}.'] }
  return readSource(value, source, CHANGEABLE)
}

/** A write key that nobody can guess. */
export function newWriteKey(): string {
  return `pk_${randomBytes(18).toString('base64url')}`
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a value says of a source, and what stood there before for all else. */
function readSource(
  value: object,
  before: Pick<Source, 'id' | 'origins' | 'writeKey'> & Partial<Source>,
  fields: readonly string[],
): ParsedSource {
  const given = new Map<string, unknown>(Object.entries(value))
  const name = given.get('name') ?? before.name
  const type = given.get('type') ?? before.type
  const writeKey = given.get('writeKey') ?? before.writeKey
  const origins = parseOrigins(given.get('origins') ?? before.origins)
  const errors = [...given.keys()]
    .filter((key) => !fields.includes(key))
    .map((key) => `${JSON.stringify(key.slice(0, 60))} is no field of a source.`)
  if (!isId(name) || name.trim() !== name)
    errors.push(`name must be a text of 1 to ${MAX_NAME_CHARS} characters without spaces around it.`)
  if (typeof type !== 'string' || !/^[a-z][a-z0-9_-]{0,63}$/.test(type))
    errors.push(
      'type must be marketing, product, or an asset class such as docs: small letters, digits, - and _.',
    )
  if (RESERVED.some((name) => name === type))
    errors.push(`type must not be ${RESERVED.join(', ')}: each type has a definition of its name.`)
  if (!isId(writeKey) || !/^[\w.~-]{4,}$/.test(writeKey))
    errors.push('writeKey must have 4 to 128 letters, digits, and - _ . ~')
  errors.push(...origins.errors)
  if (errors.length > 0) return { ok: false, errors }
  const source = { id: before.id, name, type, origins: origins.values, writeKey } as Source
  return { ok: true, source }
}

function parseOrigins(value: unknown): {
  readonly values: readonly string[]
  readonly errors: readonly string[]
} {
  if (!Array.isArray(value) || value.length > MAX_ORIGINS)
    return { values: [], errors: [`origins must be a list of at most ${MAX_ORIGINS} origins.`] }
  const origins = value.map((item: unknown) => ({ item, origin: parseOrigin(item) }))
  return {
    values: [...new Set(origins.flatMap(({ origin }) => origin ?? []))],
    errors: origins.filter(({ origin }) => origin === undefined).map(({ item }) => badOrigin(item)),
  }
}

/** As browsers write it in the Origin header: lower case, punycode, no default port; undefined for what is more or less than an origin. */
function parseOrigin(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^https?:\/\/[^/?#@\s*]+\/?$/i.test(value)) return undefined
  return URL.canParse(value) ? new URL(value).origin : undefined
}

function badOrigin(item: unknown): string {
  const shown = JSON.stringify(typeof item === 'string' ? item.slice(0, 100) : null)
  return `origins: ${shown} must be an origin such as https://shop.example, without path or pattern.`
}
