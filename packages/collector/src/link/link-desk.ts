import type { EpochMs } from '@sojourn/protocol'
import type { Store } from '../store/store.ts'
import { LINK_TOKEN_MS, createLinkSecret, hostOfVisit, openLink, sealLink } from './link-token.ts'
import type { LinkClaims, LinkRefusal } from './link-token.ts'

/** Hands out link tokens and takes each back once. */
export interface LinkDesk {
  /** The sealed token of a visit. */
  issue(visit: string): string
  /** The visit of a token, sealed or plain, at one of the hosts for which `isHere` holds; else why it is not honoured. */
  redeem(token: string, isHere: (host: string) => boolean): { readonly visit: string } | LinkRefusal
}

/** The desk of an installation. Rejects with `StoreUnavailable` where the secret can be neither read nor stored. */
export type OpenLinkDesk = () => Promise<LinkDesk>

/** Name of the store's setting that holds the secret. */
const SETTING = 'link_secret'

/** Redeemed tokens that are remembered at most; beyond it the oldest are forgotten, which their age makes harmless in all but a flood. */
const MAX_REMEMBERED = 100_000

/**
 * A desk that honours its own tokens for two minutes, at one host, once. Tokens from before the desk opened are stale: it cannot know which
 * of them were used. A plain token tells its age by the clock of the browser, which judges that itself; here it holds once. The secret is
 * shared by all desks of an installation; which tokens were used is known to each desk alone.
 */
export function createLinkDesk(secret: string, clock: () => EpochMs, openedAt: EpochMs = clock()): LinkDesk {
  const used = new Map<string, EpochMs>()
  return {
    issue: (visit) => sealLink({ visit, issuedAt: clock() }, secret),
    redeem(token, isHere) {
      const now = clock()
      const { visit, issuedAt } =
        hostOfVisit(token) === undefined
          ? (openLink(token, secret) ?? FORGED)
          : { visit: token, issuedAt: now }
      const host = hostOfVisit(visit)
      if (host === undefined) return 'forged'
      if (!isHere(host)) return 'wrong_host'
      const age = now - issuedAt
      if (age >= LINK_TOKEN_MS || age < 0 || issuedAt < openedAt) return 'stale'
      if (used.has(token)) return 'used'
      forgetOld(used, now)
      used.set(token, now)
      return { visit }
    },
  }
}

const FORGED: LinkClaims = { visit: '', issuedAt: 0 }

/** The desk over a store's secret, which is made when the first link is: a collector that links nothing stores none. */
export function openLinkDesk(
  store: Pick<Store, 'setting' | 'putSetting'>,
  clock: () => EpochMs,
): OpenLinkDesk {
  const openedAt = clock()
  let desk: Promise<LinkDesk> | undefined
  const open = async () => createLinkDesk(await readSecret(store), clock, openedAt)
  return () => {
    const opening = (desk ??= open())
    opening.catch(() => (desk = undefined))
    return opening
  }
}

async function readSecret(store: Pick<Store, 'setting' | 'putSetting'>): Promise<string> {
  const stored = await store.setting(SETTING)
  if (stored !== undefined) return stored
  const secret = createLinkSecret()
  await store.putSetting(SETTING, secret)
  return secret
}

/** A Map keeps the order of insertion, so the old ones stand first. */
function forgetOld(used: Map<string, EpochMs>, now: EpochMs): void {
  for (const [token, usedAt] of used) {
    if (now - usedAt < LINK_TOKEN_MS && used.size < MAX_REMEMBERED) return
    used.delete(token)
  }
}
