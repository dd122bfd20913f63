import type { EpochMs } from './limits.ts'

/** The name of the cookie with what all tabs share. Its text follows `1.<length>.`: how long the name of the cookie's domain is, 0 for a host alone. */
export const STATE_COOKIE = 'sj_s'
/** The same without a session, as the collector renews it, for a browser that has dropped the other. */
export const VISITOR_COOKIE = 'sj_v'

/**
 * What all tabs of a site share: the visitor and the latest session, open or over. A list, because so it is its own text; the constants
 * below say what stands where. Flags are 0 or 1, absent texts are empty.
 */
export type SharedState = [
  number: number,
  started: EpochMs,
  last: EpochMs,
  reason: number,
  over: number,
  granted: number,
  visitor: string,
  marker: string,
  campaign: string,
  given: string,
  previous: string,
]

/** The number of the latest session: 1 for the visitor's first, 0 before it; only grows. */
export const NUMBER = 0
/** When the session began. */
export const STARTED = 1
/** When its last event happened that was not passive. */
export const LAST = 2
/** Why it began: counts into `START_REASONS`, from 1. */
export const REASON = 3
/** Why the next will begin where this one was ended, as above; else 0. */
export const OVER = 4
/** Whether the visitor gave a consent that was required. */
export const GRANTED = 5
/** The visitor's id, a UUID. */
export const VISITOR = 6
/** `shortHash` of the known user's id. */
export const MARKER = 7
/** `shortHash` of the campaign with which the session began. */
export const CAMPAIGN = 8
/** The session's id where it is not derived. */
export const GIVEN = 9
/** The id of the session before where that is not derived. */
export const PREVIOUS = 10

const TEXT = /^([\da-z]{1,9}\.){3}([0-7]\.){3}[\da-f-]{36}(\.[\w-]{0,36}){4}$/

/** The fields in their order, separated by dots; numbers in base 36. */
export const stateText = (state: SharedState): string => state.map((field) => field.toString(36)).join('.')

/** The state that this text tells of; undefined for any other text. Never throws. */
export const parseStateText = (text: string | undefined): SharedState | undefined =>
  TEXT.test(text!)
    ? (text!.split('.').map((field, i) => (i < VISITOR ? parseInt(field, 36) : field)) as SharedState)
    : undefined
