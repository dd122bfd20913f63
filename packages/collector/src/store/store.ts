import type {
  DefinitionComparison,
  EpochMs,
  ProfileObject,
  ProfileSummary,
  SessionObject,
} from '@sojourn/protocol'
import type { Definition } from '../definition/definition.ts'
import type { Fact } from '../ingest/fact.ts'
import type { KeptDefinition } from './kept-definition.ts'
import type { Rulebook } from '../scoring/rulebook.ts'
import type { KeptScoring } from './kept-scoring.ts'
import type { GapCells } from '../what-if/gap-summary.ts'
import type {
  EventOwner,
  EventsQuery,
  GapsQuery,
  MetricFilters,
  PairsQuery,
  PathsQuery,
  ProfilesQuery,
  SessionSpan,
  SessionsQuery,
  TailQuery,
} from './queries.ts'
import type {
  SessionGroup,
  SessionGrouping,
  SessionPair,
  SessionPath,
  SessionSums,
} from './session-metrics.ts'

/** A site, app or sender: what a write key stands for. */
export interface Source {
  readonly id: string
  readonly name: string
  /** `marketing`, `product`, or an asset class such as `docs`, `help`, `email`. */
  readonly type: string
  /** Origins that may send, e.g. `https://shop.example`; empty: any. */
  readonly origins: readonly string[]
  readonly writeKey: string
}

/** What became of each fact of a commit, in order: 'duplicate' when an event with that id was stored before, or earlier in the same commit. */
export type CommitOutcome = 'stored' | 'duplicate'

/** One page of an answer. `next` is an opaque cursor, `null` on the last page. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

/** Events in the order in which they were stored. */
export interface EventTail {
  readonly rows: readonly (StoredEvent & { readonly place: string })[]
  /** Where to go on: an opaque text, after the last row or, when there are no more, at the end. */
  readonly place: string
  /** Events between `after` and the first row were passed over. */
  readonly hasSkipped: boolean
}

/** A stored event as the read API answers it: the fact, and the session it is told in. */
export interface StoredEvent {
  readonly fact: Fact
  /** Id of its session under the `client` definition; absent for a passive event that belongs to none. */
  readonly sessionId?: string
}

/** Events that tabs of a source have numbered and that are not stored: late, or lost. */
export interface SequenceGaps {
  readonly sourceId: string
  /** Tabs of which something is missing. */
  readonly tabs: number
  /** Events that are missing. */
  readonly missing: number
}

/** What went with a person. */
export interface ErasedProfile extends ForgottenEvents {
  /** Browsers that were theirs. */
  readonly visitors: number
}

/** How much is gone. */
export interface ForgottenEvents {
  readonly events: number
  /** Sessions under `client`. */
  readonly sessions: number
}

/** A cursor that this store did not make, or that belongs to another query. The API answers it as a 400 that names `cursor`. */
export class BadCursor extends Error {}

/** Whoever asked is gone, as `signal` of the filters said, so nothing was answered. */
export class AskerGone extends Error {}

/** The disk refuses to write (full, read-only, broken). The API answers 503 with `Retry-After`; nothing of the commit is stored. */
export class StoreUnavailable extends Error {}

/**
 * What is stored is not what was written: the file is damaged. Nothing that could be wrong is answered. The API says so, and what to do;
 * `sojourn verify` finds all that is damaged, and a backup mends it.
 */
export class StoreDamaged extends StoreUnavailable {}

/**
 * Where facts and the sessions told of them are kept. In the words of the domain: nothing in it is SQL, and nothing that a distributed engine could not do.
 * All methods reject with `StoreUnavailable` where the storage does not answer, and with `StoreDamaged` where it is damaged.
 */
export interface Store {
  /**
   * Stores facts exactly once, in one transaction. Resolves only when that is durable; on rejection nothing of it is stored. Whoever asks for
   * sessions from then on finds the facts in them. The outcomes stand in the order of `facts`.
   */
  commit(facts: readonly Fact[]): Promise<readonly CommitOutcome[]>
  /**
   * Sessions under one definition. Rejects with `BadCursor`. This and all that follow, where a definition is named, reject with
   * `NoSuchDefinition`, and with `StillTelling` while its sessions are told for the first time.
   */
  sessions(query: SessionsQuery): Promise<Page<SessionObject>>
  session(definition: string, id: string, now: EpochMs): Promise<SessionObject | undefined>
  /** Id of the session that a stored event is told in; undefined for one that is in none. Not for `client`, where the event says it. */
  sessionOfEvent(definition: string, event: EventOwner): Promise<string | undefined>
  /** Events of one session, oldest first by (time, id). Undefined when there is no such session. Rejects with `BadCursor`. */
  sessionEvents(
    definition: string,
    id: string,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<Page<StoredEvent> | undefined>
  /** Newest first by (time, id). Rejects with `BadCursor`. */
  events(query: EventsQuery): Promise<Page<StoredEvent>>
  /** What was stored after a place, oldest first. Only what is durable is in it. Rejects with `BadCursor`. */
  eventTail(query: TailQuery): Promise<EventTail>
  /** When the sessions that the filters find started; undefined when they find none. */
  sessionSpan(filters: MetricFilters): Promise<SessionSpan | undefined>
  sessionSums(filters: MetricFilters): Promise<SessionSums>
  /** Sums per interval of starts: from each bound up to before the next, so one interval less than there are bounds, which ascend. */
  sessionSumsBetween(filters: MetricFilters, bounds: readonly EpochMs[]): Promise<readonly SessionSums[]>
  /** Sessions per bound, in whole seconds: those that lasted as long or longer, and shorter than the next bound. The bounds ascend. */
  sessionDurations(filters: MetricFilters, bounds: readonly number[]): Promise<readonly number[]>
  /** The `limit` largest groups, the largest first. */
  sessionGroups(filters: MetricFilters, by: SessionGrouping, limit: number): Promise<readonly SessionGroup[]>
  /** The most frequent paths, the most frequent first; sessions without a page share the path without steps. */
  sessionPaths(filters: MetricFilters, paths: PathsQuery): Promise<readonly SessionPath[]>
  /** The pairs of sources that sessions led from and to, the most frequent first. Passive events lead nowhere. */
  sessionPairs(filters: MetricFilters, pairs: PairsQuery): Promise<readonly SessionPair[]>
  /** What has not arrived, per source of which something is missing; in no order. */
  sequenceGaps(): Promise<readonly SequenceGaps[]>
  /** Bytes that the stored data takes. */
  storedBytes(): Promise<number>
  /** All definitions but `client`, in no order. */
  definitions(): Promise<readonly KeptDefinition[]>
  /** Stores a definition, as a new version where there is one of this name, and begins to tell its sessions. Its name must not be a reserved one. */
  putDefinition(definition: Definition): Promise<KeptDefinition>
  /** Takes a definition and its sessions away. Resolves to false when there is none of this name, or it is built in. */
  removeDefinition(name: string): Promise<boolean>
  /** Tells the sessions of a definition anew, beside those that readers see. Resolves to false when there is none of this name. */
  rebuildDefinition(name: string): Promise<boolean>
  /** What two definitions make of the same events, with up to `maxExamples` sessions of each kind. */
  compareDefinitions(first: string, second: string, maxExamples: number): Promise<DefinitionComparison>
  /** The persons of all events, whose last session began last first. Rejects with `BadCursor`. */
  profiles(query: ProfilesQuery): Promise<Page<ProfileSummary>>
  /** A person, by the profile's id or a user id; undefined when there is none. */
  profile(id: string): Promise<ProfileObject | undefined>
  /**
   * Erases a person, by the profile's id or a user id: all events that are theirs, whatever sessions under any definition these were told in, and
   * who they are. Resolves to what went, and to undefined when there is no such person. A late repetition of an erased event is a 'duplicate'.
   */
  eraseProfile(id: string): Promise<ErasedProfile | undefined>
  /**
   * Removes all sessions of `client` of which every event is before a time, and events of that age in no session; in steps that keep no commit
   * waiting for long. The sessions of other definitions are told anew of what is left.
   */
  forgetBefore(time: EpochMs): Promise<ForgottenEvents>
  /** The gaps between non-passive events, from a summary that is kept; `StillTelling` while it is made for the first time. */
  gapCells(query: GapsQuery): Promise<GapCells>
  /** The scoring rules and goals, and how far all sessions are scored by them. */
  scoring(): Promise<KeptScoring>
  /** Changes rules, goals or both. From then on events are scored by them; sessions of before are scored again in the background. */
  putScoring(change: Partial<Pick<Rulebook, 'rules' | 'goals'>>): Promise<KeptScoring>
  sources(): Promise<readonly Source[]>
  /** Stores a source. Resolves to false, and stores nothing, when its id or write key is taken. */
  addSource(source: Source): Promise<boolean>
  /** Gives a source another name, type, origins or write key. Resolves to false, and changes nothing, when there is none of its id or another one has the key. */
  changeSource(source: Source): Promise<boolean>
  /** Ends a source's right to send; its facts stay. Resolves to false when there is none of that id. */
  removeSource(id: string): Promise<boolean>
  /** A small named value of the collector's own, such as the hash of the admin token. */
  setting(name: string): Promise<string | undefined>
  putSetting(name: string, value: string): Promise<void>
  /** Resolves when a write transaction can be made durable right now. */
  checkWritable(): Promise<void>
  /** Finishes what was taken and closes. */
  close(): Promise<void>
}
