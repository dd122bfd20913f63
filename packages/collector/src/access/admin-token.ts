import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Store } from '../store/store.ts'

/** Name of the store's setting that holds the hash of the token which was made at the first start. */
const SETTING = 'admin_token_hash'

/**
 * Checks tokens and cookies against one stored hash. A cookie holds the HMAC of a text with the token as its key, and what is stored is the hash of
 * that: the cookie does not give the token away, the store gives neither, and a new token ends all cookies.
 */
export interface Access {
  isToken(token: string): boolean
  isCookie(cookie: string): boolean
  /** The cookie of a token that `isToken` took. */
  cookieFor(token: string): string
}

/** A new admin token: 192 random bits, in letters that need no escaping in a link or a header. */
export function makeAdminToken(): string {
  return randomBytes(24).toString('base64url')
}

/** What to store of a token: enough to recognise it, and of no use to whoever reads it. */
export function hashAdminToken(token: string): string {
  return sha256(cookieFor(token)).toString('hex')
}

/** Access by one token, known by its hash (`hashAdminToken`). Takes the same time for every wrong token. */
export function createAccess(hash: string): Access {
  const expected = Buffer.from(hash, 'hex')
  const isCookie = (cookie: string) => timingSafeEqual(sha256(cookie), expected)
  return { isCookie, isToken: (token) => isCookie(cookieFor(token)), cookieFor }
}

/**
 * Access as a service has it: by the configured token, which is stored nowhere; else by the one made at the first start.
 * `madeToken` is there only when it was made just now: this is the one time it can be shown. Rejects with `StoreUnavailable`.
 */
export async function openAccess(
  store: Store,
  configuredToken: string | undefined,
): Promise<{ readonly access: Access; readonly madeToken?: string }> {
  if (configuredToken !== undefined) return { access: createAccess(hashAdminToken(configuredToken)) }
  const stored = await store.setting(SETTING)
  if (stored !== undefined) return { access: createAccess(stored) }
  const madeToken = makeAdminToken()
  await store.putSetting(SETTING, hashAdminToken(madeToken))
  return { access: createAccess(hashAdminToken(madeToken)), madeToken }
}

function cookieFor(token: string): string {
  return createHmac('sha256', token).update('sojourn dashboard cookie').digest('base64url')
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
