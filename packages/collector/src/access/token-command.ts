import type { Store } from '../store/store.ts'
import { openAccess } from './access.ts'
import type { ConfiguredTokens, Role } from './access.ts'

/** What `sojourn token` was asked to do. */
export type TokenWish = { readonly role: Role } | { readonly mend: string }

/** `rotate`, perhaps with `--read`; what is left of the arguments are flags of the settings. */
export function parseTokenWish(args: readonly string[]): {
  readonly wish: TokenWish
  readonly rest: readonly string[]
} {
  const [verb, ...flags] = args
  if (verb !== 'rotate')
    return { wish: { mend: 'Try: sojourn token rotate, or sojourn token rotate --read.' }, rest: flags }
  return {
    wish: { role: flags.includes('--read') ? 'read' : 'admin' },
    rest: flags.filter((flag) => flag !== '--read'),
  }
}

/**
 * Makes a new token in the database, beside a running collector or without one, and returns what to print. Undefined where a setting is the
 * token. Rejects with `StoreUnavailable`.
 */
export async function rotateToken(
  store: Store,
  role: Role,
  configured: ConfiguredTokens,
): Promise<string | undefined> {
  const access = await openAccess(store, configured)
  const made = await access.rotate(role)
  if (made === 'setting') return undefined
  return `${made.token}\n`
}
