import { BadCursor } from '../store.ts'

/** A place in a list: the sort value and row of a session, or the time and id of an event. */
export type Place = readonly [value: number, tie: number | string]

/**
 * An opaque text for a place in a list. `list` names the list and its order, so that the cursor fits no other.
 * It holds values, not a count of rows: what is added before the place moves nothing.
 */
export function encodeCursor(list: string, place: Place): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url')
}

/** The place of a session in a list. Throws `BadCursor` for what is no cursor of that list. */
export function decodeSessionCursor(list: string, cursor: string): readonly [value: number, row: number] {
  const [value, row] = decode(list, cursor)
  if (!Number.isSafeInteger(value) || !Number.isSafeInteger(row)) throw badCursor()
  return [value as number, row as number]
}

/** The place of an event in a list. Throws `BadCursor` for what is no cursor of that list. */
export function decodeEventCursor(
  list: string,
  cursor: string,
): { readonly time: number; readonly id: string } {
  const [time, id] = decode(list, cursor)
  if (!Number.isSafeInteger(time) || typeof id !== 'string') throw badCursor()
  return { time: time as number, id }
}

function decode(list: string, cursor: string): readonly unknown[] {
  const text = Buffer.from(cursor, 'base64url').toString()
  const parts = parse(text)
  // Decoding is forgiving; encoding again shows whether this is a cursor to the letter.
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== list) throw badCursor()
  if (Buffer.from(JSON.stringify(parts)).toString('base64url') !== cursor) throw badCursor()
  return parts.slice(1)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function badCursor(): BadCursor {
  return new BadCursor('This is no cursor of this list.')
}
