/** Whose events a definition joins: one browser's, or one person's over all browsers and sites. */
export const SCOPES = ['visitor', 'profile'] as const
export type Scope = (typeof SCOPES)[number]

/** `gap`: the rules alone; `client`: the session id that came with the event, and the rules for events without one. */
export const TELLERS = ['gap', 'client'] as const
export type TellBy = (typeof TELLERS)[number]

/** What can split a session when an event brings another one: see `splitOn`. */
export const SPLITS = ['campaign', 'referrer', 'user'] as const
export type Split = (typeof SPLITS)[number]

/** The named rule that turns events into sessions: design section 6, checked, with defaults filled in. */
export interface Definition {
  readonly name: string
  readonly scope: Scope
  readonly by: TellBy
  /** New session when this long or longer has passed since the last non-passive event, in ms. */
  readonly timeoutMs: number
  /** New session when this long or longer has passed since the session's start, in ms. */
  readonly maxLengthMs?: number
  /** New session when the open one holds this many non-passive events. */
  readonly maxEvents?: number
  /** IANA zone: new session when the date there differs from the date of the session's start. */
  readonly dayBoundary?: string
  readonly splitOn: readonly Split[]
  /** Names of events that always start a session. */
  readonly startEvents: readonly string[]
  /** Names of events after which the session is closed. */
  readonly endEvents: readonly string[]
  /** Path such as `properties.order_id`: a value that is present and differs from the session's starts a session. */
  readonly property?: string
  /** Names of events to treat as passive, beside those marked so. */
  readonly passiveEvents: readonly string[]
  /** Ids or names of the sources whose events take part; absent: all. */
  readonly sources?: readonly string[]
  /** Types of the sources whose events take part; absent: all. With `sources`, an event has to pass both. */
  readonly sourceTypes?: readonly string[]
}

/** The timeout of a definition that names none, in ms: 30 minutes. */
export const DEFAULT_DEFINITION_TIMEOUT_MS = 30 * 60_000
/** The shortest duration a definition can ask for, in ms: times of events are no finer in practice. */
export const MIN_DURATION_MS = 1_000
/** The longest duration a definition can ask for, in ms: 365 days. */
export const MAX_DURATION_MS = 365 * 86_400_000
