import { compareCodePoints } from '../../../../session/event-order.ts'
import { decodeTerms, encodeTerms } from '../../session-terms.ts'

/** What a session of `client` can be found by, as its row has it. */
export interface FoundBy {
  readonly identity_row: number
  /** The row of its user, else `identity_row`. */
  readonly profile_row: number
  readonly source_row: number
  /** Epoch ms of its first non-passive event; without one, of its first event. */
  readonly start: number
  readonly events: number
  readonly page_views: number
  /** Null in a session of passive events alone. */
  readonly entry_name: number | null
  readonly exit_name: number | null
  readonly entry_path: number | null
  readonly exit_path: number | null
  readonly device: number | null
  readonly country: number | null
  readonly utm_source: number | null
  readonly utm_medium: number | null
  readonly utm_campaign: number | null
  readonly utm_term: number | null
  readonly utm_content: number | null
  readonly terms: string
  readonly rulebook: number
  readonly points: number
  /** A JSON list. */
  readonly goals: string | null
}

/** What of a session's row follows from those of the sessions that it consists of. */
export type UnionColumns = Omit<FoundBy, 'identity_row' | 'profile_row'> & {
  /** Absent without a known user. */
  readonly userRow?: number
}

const CAMPAIGN = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const

/** Sessions that make up another one, in the order of their first events. */
export interface Union {
  readonly rows: readonly FoundBy[]
  /** Which of them has the first event that is not passive, and which the last; in passive events alone, the first and the last of any kind. */
  readonly opening: FoundBy
  readonly closing: FoundBy
  /** Each ended before the next began. */
  readonly isInTurn: boolean
}

/** The columns of such a session, equal to those of a fold of all its events; undefined where only the events can say them. */
export function unionColumns({ rows, opening, closing, isInTurn }: Union): UnionColumns | undefined {
  const { rulebook } = opening
  if (rows.some((row) => row.rulebook !== rulebook)) return undefined
  const device = firstOf(rows, isInTurn, (row) => row.device)
  const country = firstOf(rows, isInTurn, (row) => row.country)
  const campaigns = rows.filter((row) => CAMPAIGN.some((name) => row[name] !== null))
  const campaign = oneOf(campaigns, isInTurn ? campaigns[0] : undefined, campaignText)
  const users = rows.filter(({ profile_row, identity_row }) => profile_row !== identity_row)
  const user = oneOf(users, isInTurn ? users.at(-1) : undefined, ({ profile_row }) => profile_row)
  if (device === undefined || country === undefined) return undefined
  if ((users.length > 0 && !user) || (campaigns.length > 0 && !campaign)) return undefined
  const goals = new Set(
    rows.flatMap((row) => (row.goals === null ? [] : (JSON.parse(row.goals) as string[]))),
  )
  return {
    ...(user && { userRow: user.profile_row }),
    source_row: opening.source_row,
    start: opening.start,
    events: sum(rows, 'events'),
    page_views: sum(rows, 'page_views'),
    entry_name: opening.entry_name,
    exit_name: closing.exit_name,
    entry_path: opening.entry_path,
    exit_path: closing.exit_path,
    device,
    country,
    utm_source: campaign?.utm_source ?? null,
    utm_medium: campaign?.utm_medium ?? null,
    utm_campaign: campaign?.utm_campaign ?? null,
    utm_term: campaign?.utm_term ?? null,
    utm_content: campaign?.utm_content ?? null,
    terms: encodeTerms(new Set(rows.flatMap(({ terms }) => [...decodeTerms(terms)]))).text,
    rulebook,
    points: sum(rows, 'points'),
    goals: goals.size === 0 ? null : JSON.stringify([...goals].sort(compareCodePoints)),
  }
}

/**
 * What the first event that knows it says. Where sessions say different things, that is the first session, if they came in turn. One that
 * says nothing may have known nothing, or a device without a type: then undefined comes back, since a later one may count or not.
 */
function firstOf(
  rows: readonly FoundBy[],
  isInTurn: boolean,
  valueOf: (row: FoundBy) => number | null,
): number | null | undefined {
  const value = valueOf(rows[0]!)
  if (rows.every((row) => valueOf(row) === value)) return value
  return isInTurn && value !== null ? value : undefined
}

/** Any of the rows where all say the same; else the one that is known to count. */
function oneOf(
  rows: readonly FoundBy[],
  counting: FoundBy | undefined,
  valueOf: (row: FoundBy) => string | number,
): FoundBy | undefined {
  const [first] = rows
  return first && rows.every((row) => valueOf(row) === valueOf(first)) ? first : counting
}

function campaignText(row: FoundBy): string {
  return CAMPAIGN.map((name) => row[name]).join()
}

function sum(rows: readonly FoundBy[], name: 'events' | 'page_views' | 'points'): number {
  return rows.reduce((total, row) => total + row[name], 0)
}
