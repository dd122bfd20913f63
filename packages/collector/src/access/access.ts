import type { Store } from '../store/store.ts'
import { cookieFor, hashToken, isCookieOf, makeToken } from './token-hash.ts'
import type { TokenHash } from './token-hash.ts'

/** What the holder of a token may do: everything, or only look. */
export type Role = 'admin' | 'read'
export const ROLES: readonly Role[] = ['admin', 'read']

/** Where a token comes from: a setting of the service, or made by the collector and kept hashed. */
export type TokenOrigin = 'setting' | 'made' | 'none'

/** Who may ask the API. All methods reject with `StoreUnavailable` where the storage does not answer. */
export interface Access {
  /** The tokens as they are now; ask for a role right away, they may change. */
  keys(): Promise<Keys>
  /** Makes a new token of this role, which ends the old one and all its cookies. 'setting': one of the settings is the token. */
  rotate(role: Role): Promise<{ readonly token: string } | 'setting'>
  /** Ends the read-only token. False where none was made. */
  endReading(): Promise<boolean>
  /** Calls back whenever a token is ended here. */
  onEnd(callback: () => void): void
}

/** Recognises tokens and cookies. Takes the same time for every wrong one. */
export interface Keys {
  roleOfToken(token: string): Role | undefined
  roleOfCookie(cookie: string): Role | undefined
  origin(role: Role): TokenOrigin
}

/** Tokens of the service's settings. They are stored nowhere, and win over those that were made. */
export interface ConfiguredTokens {
  readonly admin?: string | undefined
  readonly read?: string | undefined
}

/** How long a change by another process, such as `sojourn token`, may go unnoticed, in ms. */
const REREAD_MS = 1_000

/** Names of the store's settings that hold the hashes of made tokens. */
const SETTING: Readonly<Record<Role, string>> = { admin: 'admin_token_hash', read: 'read_token_hash' }

/** Access by the tokens of the settings, else by those in the store. `clock` gives ms that only grow. Rejects with `StoreUnavailable`. */
export async function openAccess(
  store: Pick<Store, 'setting' | 'putSetting'>,
  configured: ConfiguredTokens,
  clock: () => number = () => performance.now(),
): Promise<Access> {
  const ended: (() => void)[] = []
  const read = async (): Promise<Keys> => {
    const admin = configured.admin === undefined ? await store.setting(SETTING.admin) : undefined
    const reading = configured.read === undefined ? await store.setting(SETTING.read) : undefined
    return createKeys(configured, { admin, read: reading })
  }
  let keys = await read()
  let readAt = clock()
  let reading: Promise<void> | undefined

  async function reread(): Promise<void> {
    try {
      keys = await read()
      readAt = clock()
    } finally {
      reading = undefined
    }
  }

  async function put(role: Role, hash: TokenHash | ''): Promise<void> {
    await store.putSetting(SETTING[role], hash)
    await reread()
    for (const callback of ended) callback()
  }

  return {
    async keys() {
      if (clock() - readAt >= REREAD_MS) await (reading ??= reread())
      return keys
    },
    async rotate(role) {
      if (configured[role] !== undefined) return 'setting'
      const token = makeToken()
      await put(role, hashToken(token))
      return { token }
    },
    async endReading() {
      if (keys.origin('read') !== 'made') return false
      await put('read', '')
      return true
    },
    onEnd: (callback) => void ended.push(callback),
  }
}

/** An empty hash stands for a token that was ended. */
function createKeys(configured: ConfiguredTokens, made: Readonly<Record<Role, TokenHash | undefined>>): Keys {
  const hashes = ROLES.flatMap((role) => {
    const token = configured[role]
    const hash = token === undefined ? made[role] : hashToken(token)
    return hash ? [{ role, hash }] : []
  })
  const roleOfCookie = (cookie: string) => hashes.filter(({ hash }) => isCookieOf(cookie, hash))[0]?.role
  return {
    roleOfCookie,
    roleOfToken: (token) => roleOfCookie(cookieFor(token)),
    origin: (role) => (configured[role] !== undefined ? 'setting' : made[role] ? 'made' : 'none'),
  }
}
