import { formatId, hexText } from '@sojourn/protocol'
import type { EpochMs } from '@sojourn/protocol'

/** A UUIDv4: 122 random bits. */
export function randomId(): string {
  // Browsers have it on https alone: https://www.w3.org/TR/webcrypto-2/#Crypto-method-randomUUID
  return crypto.randomUUID?.() ?? formatId(hexText([...crypto.getRandomValues(new Uint32Array(4))]), 4)
}

/**
 * A UUIDv7: the time, 12 bits that count, so that ids of one page in one millisecond are in their order, and 62 random bits
 * (RFC 9562, sections 5.7 and 6.2).
 */
export function eventId(now: EpochMs, count: number): string {
  const time = now.toString(16).padStart(12, '0').replace(/.{8}/, '$&-')
  return `${time}-7${(count & 0xfff).toString(16).padStart(3, '0')}${randomId().slice(18)}`
}

/** The time in a UUIDv7, in epoch ms; NaN for other text. */
export function timeOf(id: string): EpochMs {
  const [high, low] = id.split('-')
  return parseInt(`${high}${low}`, 16)
}
