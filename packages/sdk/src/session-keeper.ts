import {
  CAMPAIGN,
  CAMPAIGN_CHANGED,
  CLOSED,
  LAST,
  MARKER,
  VISITOR,
  begin,
  sessionStamp,
  shortHash,
  whyOver,
} from '@sojourn/protocol'
import type { EpochMs, SessionStamp, SharedState } from '@sojourn/protocol'
import type { CookieJar } from './cookie-jar.ts'
import type { Config } from './options.ts'
import type { Seams } from './part.ts'
import type { SharedStateKeeper } from './shared-state.ts'
import type { TextStorage } from './storage.ts'
import type { Session } from './tracker.ts'

/** The key of the known user's id in the storage. All tabs know of it by a marker in the shared state. */
export const USER_KEY = 'sj_u'

/** What an event carries of the visitor and the session in which it happened. */
export interface Stamp {
  readonly visitorId: string
  readonly userId?: string | undefined
  readonly session?: SessionStamp | undefined
}

/** Decides at each event in which session it happened. */
export const createSessionKeeper = (
  config: Config,
  storage: TextStorage,
  [readCookie, writeCookie]: CookieJar,
  [, write, , current]: SharedStateKeeper,
  user: () => string | undefined,
  seams: Seams,
) => {
  /** The last stamp of this tab. */
  let latest: Stamp | undefined

  /** The open session of this state; undefined when it is over. */
  const open = (state: SharedState | undefined): Session | undefined =>
    state && !whyOver(state, Date.now(), config)
      ? { ...(sessionStamp(state) as Session), lastActivity: state[LAST] }
      : undefined

  /** The stamp of an event at this moment; a non-passive one extends the session or begins the next. */
  const stamp = (now: EpochMs, isPassive?: unknown, campaign?: string | false | null): Stamp => {
    let state = current()
    const isClosed = !isPassive && seams._isClosed?.(config, readCookie, writeCookie)
    const reason =
      whyOver(state, now, config) ||
      (isClosed ? CLOSED : campaign && campaign !== state[CAMPAIGN] ? CAMPAIGN_CHANGED : 0)
    const visitorId = state[VISITOR]
    // Measured in the session that this tab last saw, or in none.
    if (isPassive && reason && latest?.visitorId === visitorId) return latest
    if (!isPassive) {
      if (reason) {
        state = begin(state, now, reason)
        state[CAMPAIGN] = campaign || ''
      } else state[LAST] = Math.max(state[LAST], now)
      write(state)
    }
    return (latest = {
      visitorId,
      userId: [user(), storage[USER_KEY]].find((id) => id && shortHash(id) === state[MARKER]),
      session: isPassive && reason ? undefined : sessionStamp(state),
    })
  }

  return [open, stamp] as const
}

export type SessionKeeper = ReturnType<typeof createSessionKeeper>
