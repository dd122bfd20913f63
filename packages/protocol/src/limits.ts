/** Times on the wire and in state: milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = number

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A session is over after this long without activity, in ms. 30 minutes, as in Google Analytics; see docs/sessions.md. */
export const DEFAULT_TIMEOUT_MS = 30 * MINUTE_MS
/** The shortest session timeout that can be set, in ms. */
export const MIN_TIMEOUT_MS = 1_000
/** The longest session timeout that can be set, in ms. */
export const MAX_TIMEOUT_MS = DAY_MS
/** A session is over this long after it began, in ms, however active the visitor is. */
export const DEFAULT_MAX_LENGTH_MS = DAY_MS

/** Most events in one batch. */
export const MAX_BATCH_EVENTS = 500
/** Most bytes of one request body, after decompression. */
export const MAX_BODY_BYTES = 512 * 1024
/** Most bytes of one event, as UTF-8 JSON. */
export const MAX_EVENT_BYTES = 32 * 1024
/** Most tags of one event. */
export const MAX_TAGS = 64
/** Most characters of any id: event, visitor, user, session, tab. */
export const MAX_ID_CHARS = 128
/** Most characters of an event name or a tag. */
export const MAX_NAME_CHARS = 256
/** Most events that a sender may say in one batch to have given up, so that no single one makes the count of losses meaningless. */
export const MAX_DROPPED_EVENTS = 100_000
/** Deepest nesting of `properties` and `traits`; more would overflow the stack of whoever reads them recursively. */
export const MAX_DEPTH = 32

/** A sender's clock is plainly wrong when `receivedAt - sentAt` is further from 0 than this, in ms. Below it the difference is delivery. */
export const CLOCK_TOLERANCE_MS = MINUTE_MS
/** An event may be later than its own `sentAt` by this much, in ms (a clock was set back in between). */
export const MAX_FUTURE_MS = 2 * DAY_MS
/** No event happened before 2000-01-01T00:00Z, in epoch ms. */
export const EARLIEST_TIME: EpochMs = 946_684_800_000
