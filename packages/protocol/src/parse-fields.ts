import { toWellFormed } from './well-formed.ts'

/** A field of the sender's that has the wrong type; it never leaves this package. */
export class BadField extends Error {}

export type UnknownRecord = { readonly [key: string]: unknown }

/** True for a JSON object: not null, not a list. */
export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The sender's own value under `key`; undefined where it is absent, inherited or null (many senders write null for "none"). */
export function field(record: UnknownRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? (record[key] ?? undefined) : undefined
}

/** The well-formed text under `key`, or undefined. Throws `BadField` for another type or over `maxChars` characters. */
export function textField(record: UnknownRecord, key: string, maxChars: number): string | undefined {
  const value = field(record, key)
  if (value === undefined) return undefined
  if (typeof value !== 'string') throw new BadField(`${key} must be a text`)
  if (value.length > maxChars) throw new BadField(`${key} must have at most ${maxChars} characters`)
  return toWellFormed(value)
}

/** The finite number under `key`, or undefined. Throws `BadField` for another type. */
export function numberField(record: UnknownRecord, key: string): number | undefined {
  const value = field(record, key)
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new BadField(`${key} must be a number`)
  return value
}

/** The whole number ≥ `min` under `key`, or undefined. Throws `BadField` for anything else. */
export function wholeField(record: UnknownRecord, key: string, min: number): number | undefined {
  const value = numberField(record, key)
  if (value !== undefined && (!Number.isSafeInteger(value) || value < min))
    throw new BadField(`${key} must be a whole number from ${min}`)
  return value
}

/** The truth value under `key`, or undefined. Throws `BadField` for another type. */
export function booleanField(record: UnknownRecord, key: string): boolean | undefined {
  const value = field(record, key)
  if (value !== undefined && typeof value !== 'boolean') throw new BadField(`${key} must be true or false`)
  return value
}

/** The JSON object under `key`, or undefined. Throws `BadField` for another type. */
export function recordField(record: UnknownRecord, key: string): UnknownRecord | undefined {
  const value = field(record, key)
  if (value !== undefined && !isRecord(value)) throw new BadField(`${key} must be an object`)
  return value
}

/** A shape that can still be filled in. Parsers assign only what is there: this is the hottest path of the collector. */
export type Draft<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] }

/** Sets `shape[key]` unless the value is undefined, so that absent fields are absent and not undefined. */
export function put<Shape extends object, Key extends keyof Shape>(
  shape: Shape,
  key: Key,
  value: Shape[Key] | undefined,
): void {
  if (value !== undefined) shape[key] = value
}

/** The shape, or undefined when nothing was put in it. */
export function unlessEmpty<Shape extends object>(shape: Shape): Shape | undefined {
  for (const _ in shape) return shape
  return undefined
}
