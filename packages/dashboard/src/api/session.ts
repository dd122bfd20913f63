import type { JsonObject, StartReason } from '@sojourn/protocol'

/** First or last non-passive event of a session; `time` is ISO 8601. */
export interface SessionEdge {
  readonly name: string
  readonly path?: string
  readonly time: string
}

/** A run of a session's events from one source; `duration` in whole seconds. */
export interface SessionSegment {
  readonly source: string
  readonly type: string
  readonly start: string
  readonly duration: number
  readonly events: number
}

/** Why a session ended under a definition: the rule, and what it measured. */
export interface EndReason {
  readonly rule: string
  readonly event?: string
  readonly gapMs?: number
}

/** A session as `GET /v1/sessions` answers it; see docs/read-api.md. What the sender did not say is absent. */
export interface Session {
  readonly id: string
  readonly definition: string
  readonly metadata: {
    readonly time: {
      readonly insert: string
      readonly create: string
      readonly update: string
      readonly timestamp: number
      readonly duration: number
      readonly engaged: number
      readonly weekday: number
    }
    readonly channel: string
    readonly status: 'started' | 'active' | 'ended'
  }
  readonly number?: number
  readonly previousId?: string
  readonly startReason?: StartReason | string
  readonly endReason?: EndReason | string
  readonly profile: { readonly id: string; readonly userId?: string }
  readonly visitor?: { readonly id: string }
  readonly source: { readonly id: string; readonly name: string; readonly type: string }
  readonly segments: readonly SessionSegment[]
  readonly lifecycle?: 'new' | 'active' | 'resurrected'
  readonly device?: {
    readonly type?: string
    readonly brand?: string
    readonly model?: string
    readonly touch?: boolean
    readonly ip?: string
    readonly resolution?: string
    readonly colorDepth?: number
    readonly orientation?: string
    readonly geo?: {
      readonly country?: { readonly code: string; readonly name: string }
      readonly city?: string
      readonly latitude?: number
      readonly longitude?: number
    }
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

/** The answer of `GET /v1/sessions`. */
export interface SessionsPage {
  readonly sessions: readonly Session[]
  readonly next: string | null
}
