import { countryCode, deviceType } from '../../session/build-session.ts'
import type { Score } from '../../scoring/score.ts'
import type { SessionState } from '../../session/session-state.ts'
import { boundedEnd } from '../../session/session-bounds.ts'
import { durationSeconds, endsAt, openingEvent } from '../../session/session-times.ts'
import type { LiveSession } from './live-session.ts'
import { packId } from './pack-id.ts'
import { encodeTerms } from './session-terms.ts'
import type { StoreParts } from './store-parts.ts'

/** The parameters of `write-session.sql`: the session, and what it can be found by. New words and users are stored. */
export function sessionColumns(session: LiveSession, state: SessionState, parts: StoreParts) {
  const word = (text: string | undefined): number | null =>
    text === undefined ? null : parts.words.intern(text)
  const opening = openingEvent(state)
  const user = state.userId && parts.identities.intern({ kind: 'user', id: state.userId.value })
  const utm = state.utm?.value
  return {
    row: session.row,
    id: packId(session.id),
    identity_row: session.identityRow,
    derived: Number(session.derived),
    profile_row: user?.row ?? session.identityRow,
    source_row: parts.sources.intern(opening.sourceId),
    start: opening.time,
    ends_at: session.bounds ? boundedEnd(state, session.bounds) : endsAt(state),
    duration: durationSeconds(state),
    events: state.events,
    page_views: state.pageViews,
    entry_name: word(state.entry?.name),
    exit_name: word(state.exit?.name),
    entry_path: word(state.entry?.path),
    exit_path: word(state.exit?.path),
    device: word(deviceType(state)),
    country: word(countryCode(state)),
    utm_source: word(utm?.source),
    utm_medium: word(utm?.medium),
    utm_campaign: word(utm?.name),
    utm_term: word(utm?.term),
    utm_content: word(utm?.content),
    terms: encodeTerms(session.terms, session.termsText).text,
    state: parts.states.encode(state),
    bounds: session.bounds ? JSON.stringify(session.bounds) : null,
    rulebook: state.score.rulebook,
    points: state.score.points,
    goals: goalsColumn(state.score),
  }
}

/** The `goals` column: a JSON list of names, or null without any. */
export function goalsColumn({ goals }: Score): string | null {
  return goals.length > 0 ? JSON.stringify(goals) : null
}
