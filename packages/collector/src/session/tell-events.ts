import { DEFAULT_TIMEOUT_MS } from '@sojourn/protocol'
import type { EpochMs } from '@sojourn/protocol'

/** A session that an event without a stamp may join. */
export interface OpenSession<Session> {
  readonly session: Session
  readonly lastActive: EpochMs
}

/** An event as the rule sees it. `stamped` is the session that its sender named. */
export interface ToldEvent<Session> {
  readonly time: EpochMs
  readonly passive: boolean
  readonly stamped: Session | undefined
}

/** An event's session (undefined: it belongs to none), and what is open after it. */
export interface Telling<Session> {
  readonly session: Session | undefined
  readonly open: OpenSession<Session> | undefined
}

/**
 * The `client` definition, one event at a time, over a key's events in order. A stamped event belongs to its sender's session, and opens
 * it unless it is passive. One without a stamp joins the open session within 30 minutes of its last activity;
 * otherwise it begins one of its own, or, if it is passive, belongs to none.
 */
export function tellEvent<Session>(
  open: OpenSession<Session> | undefined,
  event: ToldEvent<Session>,
  begin: () => Session,
): Telling<Session> {
  const joined = open && isOpen(open.lastActive, event.time) ? open.session : undefined
  if (event.passive) return { session: event.stamped ?? joined, open }
  const session = event.stamped ?? joined ?? begin()
  return { session, open: { session, lastActive: event.time } }
}

/** True while a session with that last activity takes events without a stamp. */
export function isOpen(lastActive: EpochMs, time: EpochMs): boolean {
  return time - lastActive < DEFAULT_TIMEOUT_MS
}
