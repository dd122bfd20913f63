import type { JsonObject } from './event.ts'

/** A person as a list shows one, over all devices and sites. Times are ISO 8601; figures are those of the sessions under `cross-property`. */
export interface ProfileSummary {
  readonly id: string
  /** Absent while anonymous. */
  readonly userId?: string
  /** Start of the first session and end of the last. */
  readonly firstSeen: string
  readonly lastSeen: string
  readonly sessions: number
  /** Non-passive events. */
  readonly events: number
  /** Whole seconds, summed. */
  readonly duration: number
  /** What scoring rules award to all events; 0 without rules. */
  readonly points: number
}

/** A browser that a person used. */
export interface ProfileVisitor {
  readonly id: string
  readonly firstSeen: string
  readonly lastSeen: string
  readonly events: number
}

/** A person, with the browsers and what senders said of them. */
export interface ProfileObject extends ProfileSummary {
  /** The browsers that were seen last, at most 100 of them. */
  readonly visitors: readonly ProfileVisitor[]
  /** Per trait the latest value, of the 200 latest sessions. */
  readonly traits: JsonObject
}

/** The answer of `GET /v1/profiles`. */
export interface ProfilesAnswer {
  readonly profiles: readonly ProfileSummary[]
  /** The cursor of the next page; null at the end. */
  readonly next: string | null
}

/** The answer of `DELETE /v1/profiles/:id`: what went. */
export interface Erased {
  readonly events: number
  readonly sessions: number
  readonly visitors: number
}
