import type { PackedId } from './pack-id.ts'
import type { SessionBounds } from '../../session/session-bounds.ts'
import type { SessionState } from '../../session/session-state.ts'
import type { TermsText } from './session-terms.ts'

/** What a session was when its row was written. */
export interface WrittenSession {
  readonly id: string
  readonly derived: boolean
  /** Undefined where its events were removed meanwhile. */
  readonly state: SessionState | undefined
  readonly bounds: SessionBounds | undefined
}

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
  /** How they were written last. */
  termsText?: TermsText | undefined
  /** Why it began and ended; undefined under `client`, where the sender knows. */
  bounds: SessionBounds | undefined
  /** What its row in the database holds; undefined while it has none. */
  written: WrittenSession | undefined
  /** How the indexes of settled sessions know it; undefined while it is not settled. */
  settled: { readonly start: number; readonly terms: readonly string[] } | undefined
}

/** What of a session's row a live session is made of. */
export interface SessionRow {
  readonly row: number
  readonly id: PackedId
  readonly identity_row: number
  readonly derived: number
  readonly settled: number
  readonly start: number
  readonly terms: string
  readonly state: string
  readonly bounds: string | null
}
