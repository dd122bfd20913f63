import type { EpochMs } from '@sojourn/protocol'

/** What an event is placed by in its history. Two distinct events never share both. */
export interface EventRef {
  readonly time: EpochMs
  readonly id: string
}

const CANONICAL_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for a UUID in its usual form, lower case: the ids that a store can keep in 16 bytes. */
export function isCanonicalUuid(id: string): boolean {
  return id.length === 36 && CANONICAL_UUID.test(id)
}

/**
 * The one order of events, in which sessions are told: by time, then by id. Negative when `a` comes first, 0 only for the same event.
 * Among ids, canonical UUIDs come last and the rest go by code point: what SQLite does with texts and 16-byte blobs.
 */
export function compareEvents(a: EventRef, b: EventRef): number {
  return a.time - b.time || compareIds(a.id, b.id)
}

/** The order of events of the same time. */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0
  return Number(isCanonicalUuid(a)) - Number(isCanonicalUuid(b)) || compareCodePoints(a, b)
}

/** Orders texts by code point, as their UTF-8 bytes sort; `<` would put U+FFFD before an emoji's surrogates the other way round. */
export function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = utf8Rank(a.charCodeAt(i)) - utf8Rank(b.charCodeAt(i))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Puts the surrogates (U+D800 to U+DFFF), which stand for code points above U+FFFF, behind all other code units. */
function utf8Rank(codeUnit: number): number {
  if (codeUnit < 0xd800) return codeUnit
  return codeUnit >= 0xe000 ? codeUnit - 0x800 : codeUnit + 0x2000
}

/** Whichever comes first; the other where one is undefined. */
export function earlier<Ref extends EventRef>(a: Ref | undefined, b: Ref | undefined): Ref | undefined {
  if (!a || !b) return a ?? b
  return compareEvents(a, b) <= 0 ? a : b
}

/** Whichever comes last; the other where one is undefined. */
export function later<Ref extends EventRef>(a: Ref | undefined, b: Ref | undefined): Ref | undefined {
  if (!a || !b) return a ?? b
  return compareEvents(a, b) >= 0 ? a : b
}
