import type { StartReason } from './event.ts'
import type { EpochMs } from './limits.ts'

/** What every tab of a site shares about the visitor's latest session, open or over. */
export interface SessionState {
  /** 1–36 letters, digits, `-` or `_`; a UUIDv5 unless the page gave its own. */
  readonly id: string
  /** 1 for the visitor's first session; only grows. */
  readonly number: number
  readonly startedAt: EpochMs
  /** When the last non-passive event happened; never before `startedAt`. */
  readonly lastActivity: EpochMs
  readonly startReason: StartReason
  /** The id of the session before; absent for the first, or where it was lost with its cookie. */
  readonly previousId?: string | undefined
  /** `shortHash` of the campaign the session began with. */
  readonly campaign?: string
  /** The session was ended by a call; the next one will begin for this reason. */
  readonly over?: StartReason
}

/** When a session is over. Both in ms. */
export interface SessionRule {
  readonly timeoutMs: number
  readonly maxLengthMs: number
}

/** What the page knows beside the clock when an event happens. */
export interface Arrival {
  /** `shortHash` of the campaign the page was reached with, where campaigns split sessions. */
  readonly campaign?: string | undefined
  /** The browser was closed since the last event, where that ends sessions. */
  readonly closed?: boolean | undefined
}

/** How the next session begins. */
export interface SessionStart {
  readonly visitorId: string
  readonly reason: StartReason
  /** The page's own id; without it the id is derived. */
  readonly id?: string | undefined
  readonly campaign?: string | undefined
}
