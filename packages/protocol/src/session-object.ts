import type { JsonObject, StartReason } from './event.ts'
import type { RuleName } from './rule-name.ts'

export const SESSION_STATUSES = ['started', 'active', 'ended'] as const
export type SessionStatus = (typeof SESSION_STATUSES)[number]

export const LIFECYCLES = ['new', 'active', 'resurrected'] as const
export type Lifecycle = (typeof LIFECYCLES)[number]

/** First or last non-passive event of a session. `time` is ISO 8601. */
export interface SessionEdge {
  readonly name: string
  readonly path?: string
  readonly time: string
}

/** A run of a session's events from one source. `start` is ISO 8601, `duration` whole seconds. */
export interface SessionSegment {
  readonly source: string
  readonly type: string
  readonly start: string
  readonly duration: number
  readonly events: number
}

/** Where an address lies, as far as the MaxMind file knows. Degrees are WGS 84. */
export interface Geo {
  readonly country?: { readonly code: string; readonly name: string }
  readonly city?: string
  readonly latitude?: number
  readonly longitude?: number
}

/** A session as the read API answers it; see docs/read-api.md. Every field is filled or absent. */
export interface SessionObject {
  readonly id: string
  readonly definition: string
  readonly metadata: {
    readonly time: {
      readonly insert: string
      readonly create: string
      readonly update: string
      /** `insert` in seconds. */
      readonly timestamp: number
      /** Whole seconds from first to last non-passive event. */
      readonly duration: number
      /** Whole seconds of engagement. */
      readonly engaged: number
      /** Of `insert` in the session's timezone; 0 = Sunday. */
      readonly weekday: number
    }
    readonly channel: string
    readonly status: SessionStatus
  }
  readonly number?: number
  readonly previousId?: string
  /** What the sender said, or, under a definition other than `client`, the rule that began it. */
  readonly startReason?: StartReason | RuleName
  /** The rule that ended it; absent while none has, and under `client`. */
  readonly endReason?: RuleName
  /** Where it began and ended. `gapMs` is the time from the activity before; absent where there was none. */
  readonly why?: {
    readonly start: { readonly event: string; readonly gapMs?: number }
    readonly end?: { readonly event: string; readonly gapMs?: number }
  }
  readonly profile: { readonly id: string; readonly userId?: string }
  readonly visitor?: { readonly id: string }
  readonly source: { readonly id: string; readonly name: string; readonly type: string }
  readonly segments: readonly SessionSegment[]
  readonly lifecycle?: Lifecycle
  readonly device?: {
    readonly type?: string
    readonly brand?: string
    readonly model?: string
    readonly touch?: boolean
    readonly ip?: string
    readonly resolution?: string
    readonly colorDepth?: number
    readonly orientation?: string
    readonly geo?: Geo
  }
  readonly os?: { readonly name: string; readonly version?: string }
  readonly app?: {
    readonly type?: string
    readonly name?: string
    readonly version?: string
    readonly language?: string
    readonly bot: boolean
    readonly resolution?: string
  }
  readonly utm?: {
    readonly source?: string
    readonly medium?: string
    readonly campaign?: string
    readonly term?: string
    readonly content?: string
  }
  readonly referrer?: { readonly url: string; readonly host: string }
  readonly context?: { readonly timezone?: string }
  readonly properties?: JsonObject
  readonly traits?: JsonObject
  readonly counts: { readonly events: number; readonly pageViews: number; readonly passive: number }
  readonly tags: readonly string[]
  readonly entry?: SessionEdge
  readonly exit?: SessionEdge
  readonly bounce: boolean
  readonly points?: number
  readonly goals?: readonly string[]
}
