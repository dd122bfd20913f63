import type { EpochMs, EventType, PageContext, SharedState } from '@sojourn/protocol'
import type { Config } from './options.ts'
import type { Stamp } from './session-keeper.ts'
import type { Properties, TrackOptions } from './tracker.ts'

// What the parts that record by themselves and the tracker say to each other. The build shortens names that begin with an underscore.

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
  /** Called before the event is stamped. */
  readonly _before?: () => void
}

/** What the parts of a tracker that record by themselves work with. */
export interface Core {
  readonly _config: Config
  /** What all calls wait for, unless they are the first of all. */
  _held?: unknown
  /** The time of the calls that are made now, when that was earlier. */
  _time?: EpochMs | undefined
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
  _stamp(time: EpochMs, isPassive?: unknown): Stamp
  /** Listens to events of these names, at the window unless told otherwise. */
  _listen(types: string, listener: (event: never) => void, target?: EventTarget): void
  /** Called after each event that was not passive. */
  _recorded?: (place: Place) => void
}

/** A part of a tracker that records by itself. */
export type Part = (core: Core) => void
