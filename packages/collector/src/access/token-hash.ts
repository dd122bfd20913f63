import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * What is kept of a token. A cookie holds the HMAC of a text with the token as its key, and what is stored is the hash of that: the cookie
 * does not give the token away, the store gives neither, and a new token ends all cookies of the old one.
 */
export type TokenHash = string

/** A new token: 192 random bits, in letters that need no escaping in a link or a header. */
export function makeToken(): string {
  return randomBytes(24).toString('base64url')
}

/** What to store of a token: enough to recognise it, and of no use to whoever reads it. */
export function hashToken(token: string): TokenHash {
  return sha256(cookieFor(token)).toString('hex')
}

/** The cookie that stands for a token in a browser. */
export function cookieFor(token: string): string {
  return createHmac('sha256', token).update('sojourn dashboard cookie').digest('base64url')
}

/** True when the cookie is that of the token with this hash. Takes the same time for every wrong one. */
export function isCookieOf(cookie: string, hash: TokenHash): boolean {
  return timingSafeEqual(sha256(cookie), Buffer.from(hash, 'hex'))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
