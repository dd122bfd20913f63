import type { SessionBounds } from '../../session/session-bounds.ts'
import type { SessionState } from '../../session/session-state.ts'

/** A session that is being written. Its fields change within a transaction; `flush` writes them. */
export interface LiveSession {
  readonly row: number
  id: string
  readonly identityRow: number
  /** Told by the rule for events without a stamp: no sender named it, and none can. */
  derived: boolean
  /** Undefined until its first event is stored. */
  state: SessionState | undefined
  terms: Set<string>
  /** Why it began and ended; undefined under `client`, where the sender knows. */
  bounds: SessionBounds | undefined
  /** It has a row in the database. */
  stored: boolean
  /** How the indexes of settled sessions know it; undefined while it is not settled. */
  settled: { readonly start: number; readonly terms: readonly string[] } | undefined
}
