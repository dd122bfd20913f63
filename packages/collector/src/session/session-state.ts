import type { Campaign, EpochMs, JsonObject, StartReason } from '@sojourn/protocol'
import type { FactContext } from '../ingest/fact.ts'
import type { Score } from '../scoring/score.ts'
import type { EventRef } from './event-order.ts'

/** A value, and the event it came with. */
export interface Dated<Value> extends EventRef {
  readonly value: Value
}

/** An event as the end of a session. */
export interface EdgeEvent extends EventRef {
  readonly name: string
  readonly path: string | undefined
  readonly sourceId: string
}

/** The event that properties came with; they themselves where they are short, else they stay with it. */
export interface PropertiesRef extends EventRef {
  readonly value?: JsonObject
}

/** What a sender stamped beside the session's id. */
export interface StampDetails {
  readonly number?: number
  readonly previousId?: string
  readonly startReason?: StartReason
}

/** The page outside of the site that led to it. */
export interface Referrer {
  readonly url: string
  readonly host: string
}

/**
 * All that is kept of a session's events to tell the session: a commutative monoid over distinct events (`stateOf`, `mergeSessions`).
 * Order, batching and grouping of the events leave no trace in it. Times are on the collector's clock.
 */
export interface SessionState {
  /** When the collector received the first and the last of its events. */
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
  /** Non-passive events. */
  readonly events: number
  /** Non-passive events of type `page`. */
  readonly pageViews: number
  readonly passive: number
  /** Time the pages were visible and focused: whole ms, summed over `engagement` events. */
  readonly engagedMs: number
  /** First event of any kind. */
  readonly first: EdgeEvent
  /** First and last non-passive event; undefined while there is none. */
  readonly entry: EdgeEvent | undefined
  readonly exit: EdgeEvent | undefined
  /** From the first event that has them. */
  readonly stamp: Dated<StampDetails> | undefined
  readonly utm: Dated<Campaign> | undefined
  readonly referrer: Dated<Referrer> | undefined
  /** The contexts of the first events whose context tells of a device, an os, and so on. */
  readonly device: Dated<FactContext> | undefined
  readonly os: Dated<FactContext> | undefined
  readonly app: Dated<FactContext> | undefined
  readonly ip: Dated<FactContext> | undefined
  readonly geo: Dated<FactContext> | undefined
  readonly timezone: Dated<FactContext> | undefined
  readonly language: Dated<FactContext> | undefined
  /** From the first non-passive event that has them. */
  readonly properties: PropertiesRef | undefined
  /** From the latest event that has them. */
  readonly userId: Dated<string> | undefined
  readonly timeoutMs: Dated<number> | undefined
  /** Per trait the latest value; the `MAX_SESSION_TRAITS` traits that were set last. */
  readonly traits: ReadonlyMap<string, Dated<unknown>>
  /** Sorted by code point, without repetition; the first `MAX_SESSION_TAGS` of them. */
  readonly tags: readonly string[]
  /** Ids of the sources, sorted likewise; the first `MAX_SESSION_SOURCES` of them. */
  readonly sources: readonly string[]
  /** What all of its events, the passive ones too, are worth. */
  readonly score: Score
}

/** Most traits, tags and sources that a session object lists. The events keep all of them. */
export const MAX_SESSION_TRAITS = 64
export const MAX_SESSION_TAGS = 256
export const MAX_SESSION_SOURCES = 64
/** A trait whose JSON is longer than this many characters stays with its event. */
export const MAX_TRAIT_CHARS = 1_024
/** Properties whose JSON is longer than this many characters stay with their event. */
export const MAX_PROPERTIES_CHARS = 256
