import type { SessionStamp, WireEvent } from '@sojourn/protocol'

/** 31 minutes: past the default timeout. In ms. */
export const PAST_TIMEOUT_MS = 31 * 60_000

/** The session stamp of the first event; throws when there is none. */
export function stampOf(events: readonly WireEvent[]): SessionStamp {
  const stamp = events[0]?.session
  if (!stamp) throw new Error('No event, or one without a session')
  return stamp
}

/** The different session ids that these events carry. */
export function sessionIds(events: readonly WireEvent[]): readonly (string | undefined)[] {
  return [...new Set(events.map(({ session }) => session?.id))]
}

/** The different visitor ids that these events carry. */
export function visitorIds(events: readonly WireEvent[]): readonly (string | undefined)[] {
  return [...new Set(events.map(({ visitorId }) => visitorId))]
}
