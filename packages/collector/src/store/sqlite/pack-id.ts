import { isCanonicalUuid } from '../../session/event-order.ts'

/** An id as it is stored. */
export type PackedId = Buffer | string

/** Canonical UUIDs become their 16 bytes, a third of their text; other ids stay as they are. SQLite sorts both as `compareEvents` does. */
export function packId(id: string): PackedId {
  return isCanonicalUuid(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id
}

/** The id that was packed. */
export function unpackId(packed: PackedId): string {
  if (typeof packed === 'string') return packed
  const hex = packed.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
