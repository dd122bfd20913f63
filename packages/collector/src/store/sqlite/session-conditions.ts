import { isCanonicalUuid } from '../../session/event-order.ts'
import type { OptionalValue, SessionFilters, SessionsQuery } from '../queries.ts'
import { journeyConditions } from './journey-conditions.ts'
import { term } from './session-terms.ts'
import type { TermKind } from './session-terms.ts'
import type { StoreParts } from './store-parts.ts'

/** Conditions on `s`, a session, that all have to hold, and the values that they bind. */
export interface Conditions {
  readonly sql: readonly string[]
  readonly values: Readonly<Record<string, number | string>>
}

/** The filters that compare one word, and their columns. */
const WORD_COLUMNS = {
  entry: 'entry_name',
  exit: 'exit_name',
  entryPath: 'entry_path',
  exitPath: 'exit_path',
  device: 'device',
  country: 'country',
  utmSource: 'utm_source',
  utmMedium: 'utm_medium',
  utmCampaign: 'utm_campaign',
  utmTerm: 'utm_term',
  utmContent: 'utm_content',
} as const satisfies Readonly<Record<OptionalValue, string>>

/** The filters that compare a number. */
const RANGES = {
  from: 's.start >= :from',
  to: 's.start < :to',
  minDuration: 's.duration >= :minDuration',
  maxDuration: 's.duration <= :maxDuration',
  minEvents: 's.events >= :minEvents',
  maxEvents: 's.events <= :maxEvents',
  minPoints: 's.points >= :minPoints',
} as const satisfies { readonly [Filter in keyof SessionsQuery]?: string }

const STATUS = {
  ended: 's.ends_at <= :now',
  started: 's.ends_at > :now and s.events <= 1',
  active: 's.ends_at > :now and s.events > 1',
} as const

/** Of a session that holds an event of the visitor. */
export const IS_OF_VISITOR = 's.row in (select value from json_each(:visitorSessions))'

/** Of a session that reached a goal. */
export const IS_CONVERTED = 's.goals is not null'

/** What a query asks of a session. Undefined when nothing can match, because a name in it was never stored. */
export function sessionConditions(query: SessionFilters, parts: StoreParts): Conditions | undefined {
  // The sessions of visitors have no lifecycle.
  if (query.lifecycle && parts.lifecycle === undefined) return undefined
  const sql: string[] = []
  const values: Record<string, number | string> = {}

  for (const filter of keysOf(WORD_COLUMNS)) {
    const text = query[filter]
    if (text === undefined) continue
    const row = parts.words.find(text)
    if (row === undefined) return undefined
    sql.push(`s.${WORD_COLUMNS[filter]} = :${filter}`)
    values[filter] = row
  }
  for (const filter of query.without ?? []) sql.push(`s.${WORD_COLUMNS[filter]} is null`)
  for (const kind of ['event', 'tag', 'path'] as const satisfies readonly TermKind[]) {
    const text = query[kind]
    if (text === undefined) continue
    const row = parts.words.find(text)
    if (row === undefined) return undefined
    sql.push(`instr(s.terms, :${kind}) > 0`)
    values[kind] = `,${term(kind, row)},`
  }
  for (const filter of keysOf(RANGES)) {
    const bound = query[filter]
    if (bound === undefined) continue
    sql.push(RANGES[filter])
    values[filter] = bound
  }
  if (query.goal !== undefined) {
    sql.push(IS_CONVERTED, 'exists (select 1 from json_each(s.goals) where value = :goal)')
    values['goal'] = query.goal
  }
  if (query.converted !== undefined) sql.push(query.converted ? IS_CONVERTED : 's.goals is null')
  if (query.lifecycle) {
    sql.push(`${parts.lifecycle} = :lifecycle`)
    values['lifecycle'] = query.lifecycle
  }
  if (query.status) {
    sql.push(STATUS[query.status])
    values['now'] = query.now
  }
  if (query.visitor !== undefined && parts.visitorSessions) {
    sql.push(IS_OF_VISITOR)
    values['visitorSessions'] = JSON.stringify(parts.visitorSessions(query.visitor))
  }
  const sets = [
    [
      's.identity_row',
      'visitor',
      query.visitor === undefined || parts.visitorSessions ? undefined : visitorRows(query.visitor, parts),
    ],
    ['s.profile_row', 'profile', query.profile === undefined ? undefined : profileRows(query.profile, parts)],
    [
      's.source_row',
      'source',
      query.source === undefined ? undefined : parts.sources.rowsNamed(query.source),
    ],
    [
      's.source_row',
      'type',
      query.sourceType === undefined ? undefined : parts.sources.rowsOfType(query.sourceType),
    ],
  ] as const
  for (const [column, filter, rows] of sets) {
    if (!rows) continue
    if (rows.length === 0) return undefined
    rows.forEach((row, i) => (values[`${filter}${i}`] = row))
    const names = rows.map((_, i) => `:${filter}${i}`)
    sql.push(names.length === 1 ? `${column} = ${names[0]}` : `${column} in (${names.join(', ')})`)
  }
  // Last, because they read the events of each session that is left.
  if (query.pagesUntil !== undefined) parts.rulebooks.refresh()
  const journey = journeyConditions(query, parts)
  return { sql: [...sql, ...journey.sql], values: { ...values, ...journey.values } }
}

function visitorRows(id: string, { identities }: StoreParts): readonly number[] {
  const visitor = identities.find({ kind: 'visitor', id })
  return visitor ? [visitor.row] : []
}

/** Rows of the user with this id, and of the profile with this id. */
function profileRows(id: string, { identities }: StoreParts): readonly number[] {
  const user = identities.find({ kind: 'user', id })
  const profile = isCanonicalUuid(id) ? identities.findProfile(id) : undefined
  return [user, profile].flatMap((identity) => identity?.row ?? [])
}

function keysOf<Shape extends object>(shape: Shape): readonly (keyof Shape)[] {
  return Object.keys(shape) as (keyof Shape)[]
}
