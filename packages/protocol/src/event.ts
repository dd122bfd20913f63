import type { EpochMs } from './limits.ts'

/** The kinds of facts there are. `engagement` is always passive. */
export const EVENT_TYPES = ['page', 'track', 'identify', 'engagement'] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Why a session began: design, section 2. */
export const START_REASONS = [
  'first',
  'timeout',
  'max-length',
  'campaign',
  'user',
  'manual',
  'closed',
] as const
export type StartReason = (typeof START_REASONS)[number]

/** Any JSON object a sender attached; its keys are the sender's, so read it with `Object.hasOwn`, never by bare index. */
export type JsonObject = { readonly [key: string]: unknown }

/** The session a sender stamped on an event, when the event happened. */
export interface SessionStamp {
  readonly id: string
  /** 1 for the visitor's first session. */
  readonly number?: number
  readonly startedAt?: EpochMs
  readonly previousId?: string | undefined
  readonly startReason?: StartReason
}

export interface PageContext {
  readonly url?: string
  readonly path?: string
  readonly title?: string
  readonly referrer?: string
}

/** The five `utm_*` parameters, without their prefix; `name` is `utm_campaign`. */
export interface Campaign {
  readonly source?: string
  readonly medium?: string
  readonly name?: string
  readonly term?: string
  readonly content?: string
}

/** Global Privacy Control and Do Not Track, as the browser reports them. */
export interface PrivacySignals {
  readonly gpc?: boolean
  readonly dnt?: boolean
}

/** One immutable fact, as it travels: `POST /v1/events`, design section 4. */
export interface WireEvent {
  /** UUIDv7 from our SDK; from other senders any unique text of up to 128 characters. */
  readonly id: string
  readonly type: EventType
  /** Always present after `parseEvent`: it defaults by type, except for `track`. */
  readonly name: string
  readonly time: EpochMs
  readonly visitorId?: string
  readonly userId?: string
  readonly session?: SessionStamp
  readonly page?: PageContext
  readonly campaign?: Campaign
  /** Names the tab; with `seq` (1, 2, 3 … per tab) a gap shows what never arrived. */
  readonly tab?: string
  readonly seq?: number
  readonly tags?: readonly string[]
  /** Belongs to an open session but neither starts nor extends one. */
  readonly passive: boolean
  readonly properties?: JsonObject
  readonly traits?: JsonObject
}

export interface UserAgentBrand {
  readonly brand: string
  readonly version: string
}

/** What `navigator.userAgentData` gives without asking, plus the high-entropy values where the browser granted them. */
export interface UserAgentData {
  readonly platform?: string
  readonly mobile?: boolean
  readonly brands?: readonly UserAgentBrand[]
  readonly platformVersion?: string
  readonly model?: string
}

/** What holds for every event of a batch: the device, the app and the sender. */
export interface BatchContext {
  readonly userAgent?: string
  readonly userAgentData?: UserAgentData
  /** BCP 47, e.g. `en-GB`. */
  readonly locale?: string
  /** IANA name, e.g. `Europe/Paris`. */
  readonly timezone?: string
  readonly touch?: boolean
  /** CSS pixels; `density` is device pixels per CSS pixel. */
  readonly screen?: {
    readonly width?: number
    readonly height?: number
    readonly density?: number
    readonly colorDepth?: number
    readonly orientation?: string
  }
  /** CSS pixels. */
  readonly viewport?: { readonly width?: number; readonly height?: number }
  readonly app?: { readonly name?: string; readonly version?: string }
  readonly sdk?: { readonly name?: string; readonly version?: string; readonly timeoutMs?: number }
  /** `navigator.webdriver`: the browser is driven by automation. */
  readonly automated?: boolean
  readonly privacy?: PrivacySignals
  /** Events the sender had to drop since its last batch (its storage was full), so that the loss is counted. */
  readonly dropped?: number
}

/** The body of `POST /v1/events`. */
export interface EventBatch {
  readonly writeKey: string
  readonly sentAt: EpochMs
  readonly context?: BatchContext
  readonly events: readonly WireEvent[]
}
