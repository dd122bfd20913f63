import { DEFAULT_TIMEOUT_MS } from '@sojourn/protocol'
import type { EpochMs, SessionStatus } from '@sojourn/protocol'
import type { EdgeEvent, SessionState } from './session-state.ts'

/** The event that a session begins with: its first non-passive one, or its very first while there is none. */
export function openingEvent(state: SessionState): EdgeEvent {
  return state.entry ?? state.first
}

/** Whole seconds from the first to the last non-passive event. */
export function durationSeconds({ entry, exit }: SessionState): number {
  return entry && exit ? Math.floor((exit.time - entry.time) / 1000) : 0
}

/** When a session is over if nothing more comes: its last activity and the sender's timeout. */
export function endsAt(state: SessionState): EpochMs {
  return (state.exit ?? state.first).time + (state.timeoutMs?.value ?? DEFAULT_TIMEOUT_MS)
}

/** What a session is at a time: `started` with at most one non-passive event, `active` with more, `ended` after its timeout. */
export function sessionStatus(
  state: SessionState,
  now: EpochMs,
  endAt: EpochMs = endsAt(state),
): SessionStatus {
  if (endAt <= now) return 'ended'
  return state.events > 1 ? 'active' : 'started'
}
