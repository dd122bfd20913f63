import { createHash } from 'node:crypto'
import type { EpochMs } from '@sojourn/protocol'

/**
 * An id for an event that came without one: a UUIDv7 of its time whose other bits are a hash of what it was made from. So the same line
 * always has the same id, and ids of a file are in order of time, which keeps the store's index on them small and fast.
 */
export function madeEventId(time: EpochMs, parts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16)
  bytes.writeUIntBE(Math.max(0, Math.floor(time)), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
