import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { isId, parseStateText } from '@sojourn/protocol'
import type { EpochMs } from '@sojourn/protocol'

/** How long a link token is good for, in ms: the time between a click and the page it leads to, with room for a slow phone. */
export const LINK_TOKEN_MS = 2 * 60_000

/** A visit that is on the way to another site of the same owner. */
export interface LinkClaims {
  /** As the browser writes it: when it left by its own clock, the host, and what all tabs share, separated by `~`. */
  readonly visit: string
  readonly issuedAt: EpochMs
}

/** Why a token is not honoured; the page that brought it then begins a visitor of its own. */
export type LinkRefusal = 'forged' | 'stale' | 'wrong_host' | 'used'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A fresh secret for `sealLink`, as text that can be stored. */
export function createLinkSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * A token that carries the claims through an address bar: encrypted, so that the visitor's id reaches no log on the way, and
 * authenticated (AES-256-GCM, NIST SP 800-38D), so that nobody without the secret can make or change one. URL-safe text.
 */
export function sealLink(claims: LinkClaims, secret: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, keyOf(secret), nonce)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(claims), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')
}

/** The claims of a token that this secret sealed, or undefined for every other text. */
export function openLink(token: string, secret: string): LinkClaims | undefined {
  const bytes = Buffer.from(token, 'base64url')
  // Only one spelling of a token counts, or a used one could be spelt anew.
  if (bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return undefined
  const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const opened = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    return JSON.parse(opened.toString('utf8')) as LinkClaims
  } catch {
    return undefined
  }
}

/** The only host at which the visit of this text may go on, in lower case, with its port where it has one; undefined for any other text. */
export function hostOfVisit(text: string): string | undefined {
  const [at, host, state, more] = text.split('~')
  return /^\d{1,16}$/.test(at!) && isHost(host) && parseStateText(state) && more === undefined
    ? host
    : undefined
}

/** True for a text that can be a destination: a host name in lower case, with a port or without. */
export function isHost(value: unknown): value is string {
  return isId(value) && /^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:]+\](?::\d{1,5})?$/.test(value)
}

function keyOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
