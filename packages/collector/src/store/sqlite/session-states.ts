import type { Score } from '../../scoring/score.ts'
import type { SessionState } from '../../session/session-state.ts'
import type { Contexts } from './contexts.ts'
import { decodeState, encodeState, withScore } from './session-codec.ts'

/** How what was folded of a session's events is kept in the `state` column of its row. */
export interface SessionStates {
  encode(state: SessionState): string
  /** The state of the session in a row that holds this text. Throws `StoreDamaged` where the text is another than was written. */
  decode(text: string, row: number): SessionState
  /** The text with another score. Throws as `decode` does. */
  withScore(text: string, score: Score): string
}

/** States that are kept whole. */
export function createKeptStates(contexts: Contexts): SessionStates {
  return {
    encode: (state) => encodeState(state, contexts),
    decode: (text) => decodeState(text, contexts),
    withScore,
  }
}
