import {
  BY_HAND,
  CAMPAIGN,
  CAMPAIGN_CHANGED,
  CLOSED,
  GIVEN,
  LAST,
  MARKER,
  OVER,
  USER_CHANGED,
  VISITOR,
  begin,
  derivedId,
  sessionStamp,
  shortHash,
  whyOver,
} from '@sojourn/protocol'
import type { EpochMs, SessionStamp, SharedState } from '@sojourn/protocol'
import { attempt } from './attempt.ts'
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
  seams: Seams,
) => {
  /** The last stamp of this tab. */
  let latest: Stamp | undefined
  /** The known user, in case the storage is full. */
  let user: string | undefined

  /** The open session of this state; undefined when it is over. */
  const open = (state: SharedState | undefined): Session | undefined =>
    state && !whyOver(state, Date.now(), config)
      ? { ...(sessionStamp(state) as Session), lastActivity: state[LAST] }
      : undefined

  /** The stamp of an event at this moment; a non-passive one extends the session or begins the next. */
  const stamp = (now: EpochMs, isPassive?: unknown, campaign?: string | false): Stamp => {
    let state = current()
    const hash = campaign && shortHash(campaign)
    const isClosed = !isPassive && seams._isClosed?.(config, readCookie, writeCookie)
    const reason =
      whyOver(state, now, config) ||
      (isClosed ? CLOSED : hash && hash !== state[CAMPAIGN] ? CAMPAIGN_CHANGED : 0)
    const visitorId = state[VISITOR]
    // Measured in the session that this tab last saw, or in none.
    if (isPassive && reason && latest?.visitorId === visitorId) return latest
    if (!isPassive) {
      if (reason) {
        state = begin(state, now, reason)
        state[CAMPAIGN] = hash || ''
      } else state[LAST] = Math.max(state[LAST], now)
      write(state)
    }
    return (latest = {
      visitorId,
      userId: [user, storage[USER_KEY]].find((id) => id && shortHash(id) === state[MARKER]),
      session: isPassive && reason ? undefined : sessionStamp(state),
    })
  }

  /** Ends the open session and begins one, under the page's own id where given: as it is, if a cookie can hold it. */
  const start = (id?: string): void => {
    const state = begin(current(), Date.now(), BY_HAND)
    if (id) state[GIVEN] = /^[\w-]{1,36}$/.test(id) ? id : derivedId(state[VISITOR] + id)
    write(state)
  }

  /** Ends the open session; the next event begins another. */
  const end = (): void => {
    const state = current()
    state[OVER] = BY_HAND
    write(state)
  }

  /**
   * Makes the user known; without an id, signs out. Another user than the known one is another visitor, derived, so that all tabs
   * come to the same.
   */
  const changeUser = (id = ''): void => {
    const state = current()
    const marker = id && shortHash(id)
    const known = state[MARKER]
    user = id
    attempt(() => (storage[USER_KEY] = id))
    if (marker === known) return
    state[MARKER] = marker
    if (known) {
      state[GIVEN] = sessionStamp(state)?.id ?? ''
      state[OVER] = USER_CHANGED
      state[VISITOR] = derivedId(state[VISITOR] + known + marker)
    }
    write(state)
  }

  return [open, stamp, start, end, changeUser] as const
}

export type SessionKeeper = ReturnType<typeof createSessionKeeper>
