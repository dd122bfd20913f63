import { derivedId } from './derived-id.ts'
import { START_REASONS } from './event.ts'
import type { SessionStamp } from './event.ts'
import type { EpochMs } from './limits.ts'
import {
  GIVEN,
  GRANTED,
  LAST,
  MARKER,
  NUMBER,
  OVER,
  PREVIOUS,
  REASON,
  STARTED,
  VISITOR,
} from './shared-state.ts'
import type { SharedState } from './shared-state.ts'

/** Two tabs may read the clock this far apart, in ms, without the clock having been changed. */
export const CLOCK_JITTER_MS = 1_000

/** Why a session began, as the state counts it. */
export const FIRST = 1
export const TIMEOUT = 2
export const MAX_LENGTH = 3
export const CAMPAIGN_CHANGED = 4
export const USER_CHANGED = 5
export const BY_HAND = 6
export const CLOSED = 7

/** When a session is over. Both in ms. */
export interface SessionRule {
  readonly timeout: number
  readonly maxLength: number
}

/**
 * Moves the state onto the clock as it is now. When its last activity lies in the future the clock was set back (or the state is
 * garbage): then the session is moved, so that it neither stays open for ever nor ends for it.
 */
export const anchor = (state: SharedState, now: EpochMs): SharedState => {
  const ahead = state[LAST] - now
  if (ahead > CLOCK_JITTER_MS) {
    state[STARTED] = state[STARTED] - ahead
    state[LAST] = now
  }
  return state
}

/** Why the session is over at `now`, the time of a non-passive event; 0 while it goes on. Judges an anchored state. */
export const whyOver = (state: SharedState, now: EpochMs, rule: SessionRule): number =>
  !state[NUMBER]
    ? FIRST
    : state[OVER] ||
      (now - state[LAST] >= rule.timeout ? TIMEOUT : now - state[STARTED] >= rule.maxLength ? MAX_LENGTH : 0)

/** The state with the next session, begun at `now` for this reason. */
export const begin = (state: SharedState, now: EpochMs, reason: number): SharedState => [
  state[NUMBER] + 1,
  now,
  now,
  reason,
  0,
  state[GRANTED],
  state[VISITOR],
  state[MARKER],
  '',
  '',
  state[GIVEN],
]

/** Ids that were asked for before, by visitor and number: each event asks for two. */
const ids: Record<string, string> = {}

/** The id of a visitor's n-th session: every tab that finds the session over comes to the same next id without asking another. */
export const sessionId = (visitorId: string, number: number): string =>
  (ids[visitorId + number] ??= derivedId(visitorId + number))

/** The session as events carry it; undefined before the first. */
export const sessionStamp = (
  state: SharedState,
): (SessionStamp & Required<Pick<SessionStamp, 'startedAt'>>) | undefined => {
  const number = state[NUMBER]
  const visitor = state[VISITOR]
  return number
    ? {
        id: state[GIVEN] || sessionId(visitor, number),
        number,
        startedAt: state[STARTED],
        previousId: state[PREVIOUS] || (number > 1 ? sessionId(visitor, number - 1) : undefined),
        startReason: START_REASONS[state[REASON] - 1]!,
      }
    : undefined
}
