import { formatId } from '@sojourn/protocol'
import type { EpochMs } from '@sojourn/protocol'

/** A UUIDv4: 122 random bits. */
export function randomId(): string {
  // Browsers have it on https alone: https://www.w3.org/TR/webcrypto-2/#Crypto-method-randomUUID
  return crypto.randomUUID?.() ?? formatId([...crypto.getRandomValues(new Uint8Array(16))], 4)
}

/** A UUIDv7: the time, then 74 random bits (RFC 9562, section 5.7). */
export function eventId(now: EpochMs): string {
  const time = now.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomId().slice(15)}`
}
