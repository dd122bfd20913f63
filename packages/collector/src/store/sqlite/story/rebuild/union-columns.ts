import { compareCodePoints } from '../../../../session/event-order.ts'
import type { ClientColumn, ClientSessions } from './client-sessions.ts'
import { NO_CAMPAIGN } from './found-columns.ts'
import type { FoundColumns } from './found-columns.ts'
import type { TermCode } from './term-codes.ts'

const CAMPAIGN = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const

/** Sessions that make up another one, by their places, in the order of their first events. */
export interface Union {
  readonly places: readonly number[]
  /** Which of them has the first event that is not passive, and which the last; in passive events alone, the first and the last of any kind. */
  readonly opening: number
  readonly closing: number
  /** Each ended before the next began. */
  readonly isInTurn: boolean
}

/** The columns of such a session, equal to those of a fold of all its events; undefined where only the events can say them. */
export function unionColumns(
  { columns, terms, goals }: ClientSessions,
  { places, opening, closing, isInTurn }: Union,
): FoundColumns | undefined {
  const rulebook = columns.rulebook[opening]!
  if (places.some((place) => columns.rulebook[place] !== rulebook)) return undefined
  const device = firstOf(columns.device, places, isInTurn)
  const country = firstOf(columns.country, places, isInTurn)
  if (device === undefined || country === undefined) return undefined
  const campaigns = places.filter((place) => CAMPAIGN.some((name) => columns[name][place] !== 0))
  const campaign = oneOf(campaigns, isInTurn ? campaigns[0] : undefined, isSameCampaign)
  const users = places.filter((place) => columns.profile_row[place] !== columns.identity_row[place])
  const user = oneOf(users, isInTurn ? users.at(-1) : undefined, isSameUser)
  if ((users.length > 0 && user === undefined) || (campaigns.length > 0 && campaign === undefined))
    return undefined
  return {
    userRow: user === undefined ? 0 : columns.profile_row[user]!,
    sourceRow: columns.source_row[opening]!,
    start: columns.start[opening]!,
    events: sum('events'),
    pageViews: sum('page_views'),
    entryName: columns.entry_name[opening]!,
    exitName: columns.exit_name[closing]!,
    entryPath: columns.entry_path[opening]!,
    exitPath: columns.exit_path[closing]!,
    device,
    country,
    campaign: campaign === undefined ? NO_CAMPAIGN : CAMPAIGN.map((name) => columns[name][campaign]!),
    terms: allOf(terms, places),
    rulebook,
    points: sum('points'),
    goals: goals.size === 0 ? null : goalsOf(goals, places),
  }

  function sum(name: ClientColumn): number {
    let total = 0
    for (const place of places) total += columns[name][place]!
    return total
  }

  function isSameCampaign(a: number, b: number): boolean {
    return CAMPAIGN.every((name) => columns[name][a] === columns[name][b])
  }

  function isSameUser(a: number, b: number): boolean {
    return columns.profile_row[a] === columns.profile_row[b]
  }
}

/**
 * What the first event that knows it says. Where sessions say different things, that is the first session, if they came in turn. One that
 * says nothing may have known nothing, or a device without a type: then undefined comes back, since a later one may count or not.
 */
function firstOf(column: Float64Array, places: readonly number[], isInTurn: boolean): number | undefined {
  const value = column[places[0]!]!
  if (places.every((place) => column[place] === value)) return value
  return isInTurn && value !== 0 ? value : undefined
}

/** Any of the places where all say the same; else the one that is known to count. */
function oneOf(
  places: readonly number[],
  counting: number | undefined,
  isSame: (a: number, b: number) => boolean,
): number | undefined {
  const [first] = places
  return first !== undefined && places.every((place) => isSame(place, first)) ? first : counting
}

function allOf(terms: ClientSessions['terms'], places: readonly number[]): readonly TermCode[] {
  const first = terms[places[0]!]!
  if (places.every((place) => terms[place] === first)) return first
  return [...new Set(places.flatMap((place) => terms[place]!))]
}

function goalsOf(goals: ClientSessions['goals'], places: readonly number[]): string | null {
  const reached = new Set(places.flatMap((place) => goals.get(place) ?? []))
  return reached.size === 0 ? null : JSON.stringify([...reached].sort(compareCodePoints))
}
