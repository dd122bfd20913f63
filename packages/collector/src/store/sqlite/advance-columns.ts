import { boundedEnd } from '../../session/session-bounds.ts'
import { durationSeconds, endsAt } from '../../session/session-times.ts'
import type { LiveSession, WrittenSession } from './live-session.ts'
import { encodeTerms } from './session-terms.ts'
import { goalsColumn } from './session-columns.ts'
import type { StoreParts } from './store-parts.ts'

/**
 * True when all that a session's row lacks is in the columns of `advance-session.sql`, which no index of live sessions knows: so it is
 * for most events, those that come after the first of their session. A settled session has to leave its indexes, and is written whole;
 * unless it stays settled.
 */
export function hasOnlyAdvanced(
  { id, derived, bounds, state, settled, written }: LiveSession,
  staySettled = false,
): boolean {
  if (!written?.state || !state || (settled && !staySettled)) return false
  const before = written.state
  return (
    written.id === id &&
    written.derived === derived &&
    written.bounds === bounds &&
    before.entry === state.entry &&
    before.first === state.first &&
    before.userId?.value === state.userId?.value &&
    before.device === state.device &&
    before.geo === state.geo &&
    before.utm === state.utm &&
    before.score.rulebook === state.score.rulebook
  )
}

/** What a session's row holds, by which `hasOnlyAdvanced` judges. */
export function asWritten({ id, derived, bounds, state }: LiveSession): WrittenSession {
  return { id, derived, bounds, state }
}

/** The parameters of `advance-session.sql`, in order. New words are stored. */
export function advanceColumns(session: LiveSession, parts: StoreParts): (number | string | null)[] {
  const state = session.state!
  const word = (text: string | undefined): number | null =>
    text === undefined ? null : parts.words.intern(text)
  return [
    session.bounds ? boundedEnd(state, session.bounds) : endsAt(state),
    durationSeconds(state),
    state.events,
    state.pageViews,
    word(state.exit?.name),
    word(state.exit?.path),
    state.score.points,
    goalsColumn(state.score),
    encodeTerms(session.terms, session.termsText).text,
    parts.states.encode(state),
    session.row,
  ]
}
