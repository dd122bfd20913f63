import type { Fact } from '../../../ingest/fact.ts'
import { describeContext } from '../../../session/describe-context.ts'
import type { PackedId } from '../pack-id.ts'

/** A session as its row has it, or will have it: the columns of `write-session.sql`, under their names there. */
export interface RowSession {
  readonly row: number
  readonly id: PackedId
  readonly identity_row: number
  readonly derived: number
  profile_row: number
  readonly source_row: number
  readonly start: number
  ends_at: number
  duration: number
  events: number
  page_views: number
  readonly entry_name: number | null
  exit_name: number | null
  readonly entry_path: number | null
  exit_path: number | null
  readonly device: number | null
  readonly country: number | null
  readonly utm_source: number | null
  readonly utm_medium: number | null
  readonly utm_campaign: number | null
  readonly utm_term: number | null
  readonly utm_content: number | null
  terms: string
  readonly state: string
  bounds: string
  settled: number
  rulebook: number
  points: number
  goals: string | null
  /** The terms that its row holds, by which a settled session is listed. */
  writtenTerms: string
  /** What its row in the database lacks: all where there is none, or where more changed than goes forward. */
  lacks: 'nothing' | 'columns' | 'row'
}

/** Selects all of a `RowSession` but for what it lacks. */
export const SELECT_ROW_SESSION = `select row, id, identity_row, derived, profile_row, source_row, start, ends_at, duration, events,
  page_views, entry_name, exit_name, entry_path, exit_path, device, country, utm_source, utm_medium, utm_campaign, utm_term, utm_content,
  terms, state, bounds, settled, rulebook, points, goals, terms as writtenTerms from sessions where row = ?`

/** What a session begins with; the rest is that of one without events. */
export type BegunSession = Pick<
  RowSession,
  | 'row'
  | 'id'
  | 'identity_row'
  | 'profile_row'
  | 'source_row'
  | 'start'
  | 'entry_name'
  | 'entry_path'
  | 'device'
  | 'country'
  | 'utm_source'
  | 'utm_medium'
  | 'utm_campaign'
  | 'utm_term'
  | 'utm_content'
  | 'rulebook'
  | 'points'
  | 'goals'
>

/** A session without a row, before its first event is counted. */
export function sessionRowOf(begun: BegunSession): RowSession {
  return {
    ...begun,
    derived: 1,
    ends_at: begun.start,
    duration: 0,
    events: 0,
    page_views: 0,
    exit_name: null,
    exit_path: null,
    terms: '',
    state: '',
    bounds: '',
    settled: 0,
    writtenTerms: '',
    lacks: 'row',
  }
}

/**
 * False where an event may bring what a session takes from the first event that has it, and the row does not tell whether an earlier one
 * had: a device without a type, a place without a country.
 */
export function canGoOn(session: RowSession, { event, context }: Fact): boolean {
  const about = describeContext(context)
  if (session.device === null && about.device !== undefined) return false
  if (session.country === null && about.geo !== undefined) return false
  const { utm_source, utm_medium, utm_campaign, utm_term, utm_content } = session
  const hasCampaign = [utm_source, utm_medium, utm_campaign, utm_term, utm_content].some(
    (each) => each !== null,
  )
  return hasCampaign || event.campaign === undefined
}
