/** What a set of sessions amounts to: whole numbers, from which means and rates follow. */
export interface SessionSums {
  readonly sessions: number
  /** Distinct visitors; a sender that names no visitors counts by its users. */
  readonly visitors: number
  /** Non-passive events. */
  readonly events: number
  readonly pageViews: number
  /** Whole seconds, summed. */
  readonly duration: number
  /** Sessions of exactly one non-passive event. */
  readonly bounces: number
  readonly points: number
  /** Sessions that hold an event of a goal. */
  readonly conversions: number
}

/** No session at all. */
export const NO_SESSIONS: SessionSums = {
  sessions: 0,
  visitors: 0,
  events: 0,
  pageViews: 0,
  duration: 0,
  bounces: 0,
  points: 0,
  conversions: 0,
}

/** What sessions can be grouped by: the values that name a group, each under the name of the filter of `SessionsQuery` that finds it. */
export const SESSION_GROUPINGS = {
  entries: ['entry', 'entryPath'],
  exits: ['exit', 'exitPath'],
  sources: ['source', 'sourceType'],
  campaigns: ['utmSource', 'utmMedium', 'utmCampaign'],
  devices: ['device'],
  countries: ['country'],
  lifecycle: ['lifecycle'],
  goals: ['goal'],
} as const
export type SessionGrouping = keyof typeof SESSION_GROUPINGS
export type GroupValue = (typeof SESSION_GROUPINGS)[SessionGrouping][number]

/** Sessions that have the same values. A value that they do not have is absent. */
export interface SessionGroup {
  readonly values: Readonly<Partial<Record<GroupValue, string>>>
  /** The name of the source, where sessions are grouped by it. */
  readonly sourceName?: string
  readonly sums: SessionSums
}

/** What names a source. */
export interface PairedSource {
  readonly id: string
  readonly name: string
  readonly type: string
}

/** Sessions that led from the one source to the other. */
export interface SessionPair {
  /** The last source of a type that was asked for before the first event at `to`. */
  readonly from: PairedSource
  readonly to: PairedSource
  readonly sums: SessionSums
}

/** Sessions whose first, or last, pages are the same. A page that is seen several times in a row is one step. */
export interface SessionPath {
  /** Paths of pages, in order. */
  readonly steps: readonly string[]
  readonly sums: SessionSums
}
