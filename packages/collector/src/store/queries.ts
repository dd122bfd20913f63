import type { EpochMs, Lifecycle, SessionStatus, WireEvent } from '@sojourn/protocol'
import type { Scope } from '../definition/definition.ts'
import type { DayRange } from '../what-if/what-if.ts'

// What a store is asked: which sessions, which events, which gaps, which persons.

export const SESSION_SORTS = ['start', 'duration', 'events', 'points'] as const
export type SessionSort = (typeof SESSION_SORTS)[number]

/** What a session may well not have, under the names of the filters that find it. */
export const OPTIONAL_VALUES = [
  'entry',
  'exit',
  'entryPath',
  'exitPath',
  'device',
  'country',
  'utmSource',
  'utmMedium',
  'utmCampaign',
  'utmTerm',
  'utmContent',
] as const
export type OptionalValue = (typeof OPTIONAL_VALUES)[number]

/** Types of sources, and the type of one that they lead to. */
export interface LeadingTypes {
  readonly from: readonly string[]
  readonly to: string
}

/** Which sessions, in which order: the filters of design section 7, all combinable, parsed and checked. Absent means "any". */
export interface SessionsQuery {
  readonly definition: string
  /** The clock that `status` follows from. */
  readonly now: EpochMs
  /** A profile's id, or a user id. */
  readonly profile?: string
  readonly visitor?: string
  /** A source's id or name. */
  readonly source?: string
  readonly sourceType?: string
  /** from <= start < to */
  readonly from?: EpochMs
  readonly to?: EpochMs
  /** Whole seconds, inclusive. */
  readonly minDuration?: number
  readonly maxDuration?: number
  readonly minEvents?: number
  readonly maxEvents?: number
  readonly minPoints?: number
  /** Names of the entry and exit event. */
  readonly entry?: string
  readonly exit?: string
  readonly entryPath?: string
  readonly exitPath?: string
  /** Anywhere in the session. */
  readonly event?: string
  readonly tag?: string
  readonly path?: string
  readonly goal?: string
  readonly converted?: boolean
  readonly lifecycle?: Lifecycle
  readonly status?: SessionStatus
  /** Device type, e.g. `mobile`. */
  readonly device?: string
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
  readonly utmSource?: string
  readonly utmMedium?: string
  readonly utmCampaign?: string
  readonly utmTerm?: string
  readonly utmContent?: string
  /** They have none of these. */
  readonly without?: readonly OptionalValue[]
  /** Their first event at a source of the last type has an event at one of the others before it. */
  readonly led?: LeadingTypes
  /** With `led`: the last such source before, and the one that it led to. An id or a name. */
  readonly ledFrom?: string
  readonly ledTo?: string
  /** Paths of their first, or last, pages in order; a page seen several times in a row is one. */
  readonly firstPages?: readonly string[]
  readonly lastPages?: readonly string[]
  /** With these: the pages up to the first event that reached this goal. */
  readonly pagesUntil?: string
  readonly sort: SessionSort
  readonly descending: boolean
  readonly limit: number
  readonly cursor?: string
  /** So many are passed over before the page begins: from the start of the list, or from the cursor. */
  readonly skip?: number
}

/** Which sessions, in no order. */
export type SessionFilters = Omit<SessionsQuery, 'sort' | 'descending' | 'limit' | 'cursor' | 'skip'>

/** Which sessions, for what they amount to. */
export interface MetricFilters extends SessionFilters {
  /** Aborted when nobody waits for the answer any more: a store may then reject with `AskerGone`, rather than read for nobody. */
  readonly signal?: AbortSignal
  /** `conversions` counts the sessions that reached this goal; absent: any goal. */
  readonly conversionsOf?: string
}

/** Starts of the first and the last session. */
export interface SessionSpan {
  readonly first: EpochMs
  readonly last: EpochMs
}

/** How paths are told: by the first `steps` pages, of the `examined` sessions that started last. The `limit` most frequent are listed. */
export interface PathsQuery {
  readonly steps: number
  readonly limit: number
  readonly examined: number
  /** Of the sessions that reached this goal, by the pages up to the first event that did. */
  readonly until?: string
  /** By the last pages rather than the first: the way to the exit, or to the goal. */
  readonly isLast?: boolean
  /** Each way from its fixed end on, too: up to its first page, its second, and so on. A session counts in all of its own. */
  readonly isPartial?: boolean
}

/**
 * Sessions that led from a source of one of the types `from` to one of the type `to`: the first event at a source of the type `to` has an
 * event at one of the others before it. Of the `examined` sessions that started last; the `limit` most frequent pairs are listed.
 */
export interface PairsQuery extends LeadingTypes {
  readonly limit: number
  readonly examined: number
}

/** What of an event says which it is, and whose. */
export type EventOwner = Pick<WireEvent, 'id' | 'visitorId' | 'userId'>

/** Which events, newest first (`/v1/events`) or, of one session, oldest first. */
export interface EventsQuery {
  readonly source?: string
  readonly visitor?: string
  /** A user id. */
  readonly user?: string
  readonly type?: string
  readonly name?: string
  readonly tag?: string
  readonly path?: string
  readonly from?: EpochMs
  readonly to?: EpochMs
  readonly limit: number
  readonly cursor?: string
}

/** Which events, in no order. */
export type EventFilters = Omit<EventsQuery, 'limit' | 'cursor'>

/** Which gaps: between the events of one visitor or of one profile, of one source's events alone or of all, on which UTC days. */
export interface GapsQuery {
  readonly scope: Scope
  /** A source's id or name. */
  readonly source?: string
  readonly days: DayRange
}

/** Which persons: all, page by page; or, in one page, those whose user id or profile id begins with a text, in whatever case, and the visitor of that id, or whom it turned out to be. */
export interface ProfilesQuery {
  readonly search?: string
  readonly limit: number
  /** Not with `search`. */
  readonly cursor?: string
}

/** The place before all events, in the order in which they were stored. */
export const BEGINNING = '0'

/** Which events that were stored lately, in the order in which they were. */
export interface TailQuery extends EventFilters {
  /** The place after which to begin; absent: the end. `BEGINNING` is before the first event. */
  readonly after?: string
  /** Events that were stored more than this many before the end are passed over. */
  readonly mostBehind: number
  readonly limit: number
}
