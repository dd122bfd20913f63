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

/** The columns of a session's row, in the order in which `toRowSession` takes them. */
export const SELECT_ROW_SESSION = `select row, id, identity_row, derived, profile_row, source_row, start, ends_at, duration, events,
  page_views, entry_name, exit_name, entry_path, exit_path, device, country, utm_source, utm_medium, utm_campaign, utm_term, utm_content,
  terms, state, bounds, settled, rulebook, points, goals from sessions where row = ?`

/** What `SELECT_ROW_SESSION` selects, as a list of values. */
export type RowSessionValues = readonly [
  row: number,
  id: PackedId,
  identityRow: number,
  derived: number,
  profileRow: number,
  sourceRow: number,
  start: number,
  endsAt: number,
  duration: number,
  events: number,
  pageViews: number,
  entryName: number | null,
  exitName: number | null,
  entryPath: number | null,
  exitPath: number | null,
  device: number | null,
  country: number | null,
  utmSource: number | null,
  utmMedium: number | null,
  utmCampaign: number | null,
  utmTerm: number | null,
  utmContent: number | null,
  terms: string,
  state: string,
  bounds: string,
  settled: number,
  rulebook: number,
  points: number,
  goals: string | null,
]

/** The session of a row. Field by field: the objects that the driver makes take twice the memory, and ten times as long to change. */
export function toRowSession(values: RowSessionValues): RowSession {
  return {
    row: values[0],
    id: values[1],
    identity_row: values[2],
    derived: values[3],
    profile_row: values[4],
    source_row: values[5],
    start: values[6],
    ends_at: values[7],
    duration: values[8],
    events: values[9],
    page_views: values[10],
    entry_name: values[11],
    exit_name: values[12],
    entry_path: values[13],
    exit_path: values[14],
    device: values[15],
    country: values[16],
    utm_source: values[17],
    utm_medium: values[18],
    utm_campaign: values[19],
    utm_term: values[20],
    utm_content: values[21],
    terms: values[22],
    state: values[23],
    bounds: values[24],
    settled: values[25],
    rulebook: values[26],
    points: values[27],
    goals: values[28],
    writtenTerms: values[22],
    lacks: 'nothing',
  }
}

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
    row: begun.row,
    id: begun.id,
    identity_row: begun.identity_row,
    derived: 1,
    profile_row: begun.profile_row,
    source_row: begun.source_row,
    start: begun.start,
    ends_at: begun.start,
    duration: 0,
    events: 0,
    page_views: 0,
    entry_name: begun.entry_name,
    exit_name: null,
    entry_path: begun.entry_path,
    exit_path: null,
    device: begun.device,
    country: begun.country,
    utm_source: begun.utm_source,
    utm_medium: begun.utm_medium,
    utm_campaign: begun.utm_campaign,
    utm_term: begun.utm_term,
    utm_content: begun.utm_content,
    terms: '',
    state: '',
    bounds: '',
    settled: 0,
    rulebook: begun.rulebook,
    points: begun.points,
    goals: begun.goals,
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
