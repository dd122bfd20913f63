import type { StartReason } from './event.ts'
import type { EpochMs } from './limits.ts'
import { sessionId } from './session-id.ts'
import type { Arrival, SessionRule, SessionStart, SessionState } from './session-state.ts'

/** Two tabs may read the clock this far apart, in ms, without the clock having been changed. */
export const CLOCK_JITTER_MS = 1_000

/**
 * The same session on the clock as it is now. When its last activity lies in the future the clock was set back (or the state is
 * garbage): then it is moved, with its start, so that the session neither stays open for ever nor ends for it.
 */
export function anchor(session: SessionState, now: EpochMs): SessionState {
  const ahead = session.lastActivity - now
  return ahead > CLOCK_JITTER_MS
    ? { ...session, startedAt: Math.max(0, session.startedAt - ahead), lastActivity: now }
    : session
}

/**
 * Why the session is over at `now`, the time of a non-passive event; undefined while it goes on. `first` when there is none.
 * Judges an anchored session: the caller has moved it onto the present clock.
 */
export function whyOver(
  session: SessionState | undefined,
  now: EpochMs,
  { timeoutMs, maxLengthMs, campaign, closed }: SessionRule & Arrival,
): StartReason | undefined {
  if (!session) return 'first'
  if (session.over) return session.over
  if (now - session.lastActivity >= timeoutMs) return 'timeout'
  if (now - session.startedAt >= maxLengthMs) return 'max-length'
  if (closed) return 'closed'
  return campaign && campaign !== session.campaign ? 'campaign' : undefined
}

/** The session after `previous` (undefined: the visitor's first), begun at `now`. */
export function begin(
  previous: SessionState | undefined,
  now: EpochMs,
  { visitorId, reason, id, campaign }: SessionStart,
): SessionState {
  const number = (previous?.number ?? 0) + 1
  return {
    id: id ?? sessionId(visitorId, number),
    number,
    startedAt: now,
    lastActivity: now,
    startReason: reason,
    ...(previous?.id && { previousId: previous.id }),
    ...(campaign && { campaign }),
  }
}

/** The session with a non-passive event at `now`. Its last activity is never rolled back, but for a clock that was. */
export function extend(session: SessionState, now: EpochMs): SessionState {
  return { ...session, lastActivity: Math.max(session.lastActivity, now) }
}

/** A non-passive event at `now`: extends the session or, where it is over, begins the next one. The caller reads the clock. */
export function touch(
  session: SessionState | undefined,
  now: EpochMs,
  rule: SessionRule & Arrival & { readonly visitorId: string },
): SessionState {
  const present = session && anchor(session, now)
  const reason = whyOver(present, now, rule)
  return reason
    ? begin(present, now, { visitorId: rule.visitorId, reason, campaign: rule.campaign })
    : extend(present!, now)
}
