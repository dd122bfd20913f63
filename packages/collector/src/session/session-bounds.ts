import type { EpochMs, RuleName } from '@sojourn/protocol'
import type { SessionState } from './session-state.ts'

/** Which rule began or ended a session, at which event, and how long after the activity before it; `gapMs` is absent where there was none. */
export interface SessionBound {
  readonly rule: RuleName
  /** Id of the event at which it began; or of the one that ended it, which belongs to the session only under `end-event`. */
  readonly event: string
  readonly gapMs?: number
}

/** Why a session began and ended under a definition's rules. */
export interface SessionBounds {
  /** The definition's own timeout. */
  readonly timeoutMs: number
  readonly start: SessionBound
  /** Undefined while nothing has ended it but time. */
  readonly end?: SessionBound
}

/** When a session is over: at the event that ended it, or, if nothing more comes, after the definition's timeout. */
export function boundedEnd(state: SessionState, { timeoutMs, end }: SessionBounds): EpochMs {
  return (state.exit ?? state.first).time + Math.min(timeoutMs, end?.gapMs ?? Infinity)
}
