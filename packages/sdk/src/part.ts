import type {
  BatchContext,
  EpochMs,
  EventType,
  PageContext,
  PrivacySignals,
  SharedState,
} from '@sojourn/protocol'
import type { createConsent } from './consent.ts'
import type { CookieJar } from './cookie-jar.ts'
import type { createKnownUser } from './known-user.ts'
import type { Config } from './options.ts'
import type { Stamp } from './session-keeper.ts'
import type { createSessionListeners } from './session-listeners.ts'
import type { createSessionsByHand } from './sessions-by-hand.ts'
import type { Part, Properties, TrackOptions, Tracker } from './tracker.ts'

// What the parts of a tracker and the tracker say to each other. The build shortens names that begin with an underscore.

/** A call that waits for consent, the end of prerendering, and a visitor on whom all tabs agree, as 0 does; and until the page was shown. */
export const PAGE_VIEW = 1
/** A call that begins no session. */
export const PASSIVE = 2
/** A call that waits for consent and the end of prerendering alone; the others wait for it. */
export const FIRST_OF_ALL = 3

/** Where, and in which session, something happened. */
export interface Place {
  readonly _stamp: Stamp
  readonly _page: PageContext
}

/** What an event is made of. */
export interface Details extends TrackOptions, Partial<Place> {
  readonly properties?: Properties | undefined
  readonly traits?: Properties | undefined
}

/** What the parts of a tracker that record by themselves work with. */
export interface Core {
  readonly _config: Config
  /** What the visitor answered, or need not: 0 for no, 1 for yes, 2 where the shared state tells. */
  _answer: number
  /** What it becomes when the visitor agrees. */
  _given?: number
  /** The known user, in case the storage is full. */
  _user?: string
  /** What all calls wait for, unless they are the first of all. */
  _held?: unknown
  /** What is shared, where the visitor has granted that. */
  _granted(): SharedState | undefined
  /** What is shared; where there is none, a visitor of this tab's own. */
  _current(): SharedState
  _write(state: SharedState): void
  /** The domain that shares the cookies. */
  _domain(): string
  /** Makes an event of a call, once, as soon as it may be. */
  _record(type: EventType, details: Details, name?: unknown): unknown
  /** Carries something out as soon as it may be. */
  _enter(run: () => void, kind: number): void
  /** Carries out the calls that may be. */
  _retry(): void
  /** Listens to events of these names, at the window unless told otherwise. */
  _listen(types: string, listener: (event: never) => void, target?: EventTarget): void
  /** Called after each event that was not passive. */
  _recorded?: (place: Place) => void
}

/** A part of a tracker that records by itself: starts with it. */
export type Automatic = (core: Core) => void

/** Is given what sets the time of the calls that are made now, when that was earlier. */
export type Early = (setTime: (time?: EpochMs) => void) => void

/** Where parts change what a tracker does of itself. */
export interface Seams {
  /** What is known of the device: read when a batch leaves. */
  readonly _context?: (config: Config) => BatchContext
  /** The privacy signals, and whether they forbid all that follows. */
  readonly _signals?: () => PrivacySignals
  readonly _forbids?: (config: Config, privacy: PrivacySignals | undefined) => unknown
  /** A hash of the campaign that brought the visitor to this address, where another one begins a session. */
  readonly _campaign?: (config: Config) => string | false | null
  /** Whether the browser was closed since the last event. */
  readonly _isClosed?: (config: Config, readCookie: CookieJar[0], writeCookie: CookieJar[1]) => unknown
  readonly _credentials?: (config: Config) => RequestCredentials | false
  /** Hears the JSON of each event. */
  readonly _heard?: (config: Config, event: string) => unknown
  /** Domains, beside the site's own, that are no referrers. */
  readonly _domains?: (config: Config) => readonly string[]
  readonly _consent?: typeof createConsent
  /** Sends what a page leaves, where the tracker itself cannot. */
  readonly _leave?: (url: string, body: string) => unknown
  /** Methods of the tracker. */
  readonly _listeners?: typeof createSessionListeners
  readonly _knownUser?: typeof createKnownUser
  readonly _byHand?: typeof createSessionsByHand
}

/** What a part brings: seams, its options with their defaults, and what starts with the tracker. */
export interface PartOfTracker<Methods extends keyof Tracker = never> extends Seams, Part<Methods> {
  readonly _options?: Readonly<Record<string, unknown>>
  readonly _start?: Automatic
}
