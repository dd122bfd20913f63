import { formatId, hexText } from '@sojourn/protocol'
import type { EpochMs } from '@sojourn/protocol'

/** A UUIDv4: 122 random bits. */
export function randomId(): string {
  // Browsers have it on https alone: https://www.w3.org/TR/webcrypto-2/#Crypto-method-randomUUID
  return crypto.randomUUID?.() ?? formatId(hexText([...crypto.getRandomValues(new Uint32Array(4))]), 4)
}

/** A UUIDv7: the time, then 74 random bits (RFC 9562, section 5.7). */
export function eventId(now: EpochMs): string {
  return `${now.toString(16).padStart(12, '0').replace(/.{8}/, '$&-')}-7${randomId().slice(15)}`
}
