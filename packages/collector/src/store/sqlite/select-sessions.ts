import type { SessionsQuery } from '../store.ts'
import { decodeSessionCursor } from './cursor.ts'
import { sessionConditions } from './session-conditions.ts'
import type { StoreParts } from './store-parts.ts'

/** The end of a statement over `sessions s`, the expression that the list is sorted by, and the values it binds. */
export interface SessionSelect {
  readonly sql: string
  readonly value: string
  readonly values: Readonly<Record<string, number | string>>
}

/** What each sort goes by before the row, which settles ties. No session of this definition has points: they are all 0. */
const SORT_COLUMNS = {
  start: 's.start',
  duration: 's.duration',
  events: 's.events',
  points: undefined,
} as const

/** How cursors name the list that a query asks for: its definition and order. */
export function sessionList({ definition, sort, descending }: SessionsQuery): string {
  return `${definition} ${descending ? '-' : ''}${sort}`
}

/** One page of the list that a query asks for, and one row more. Undefined when nothing can match. Throws `BadCursor`. */
export function selectSessions(query: SessionsQuery, parts: StoreParts): SessionSelect | undefined {
  // A cursor is judged even where nothing can match, so that the same request is always right or always wrong.
  const place = query.cursor === undefined ? undefined : decodeSessionCursor(sessionList(query), query.cursor)
  const conditions = sessionConditions(query, parts)
  if (!conditions) return undefined
  const sort = SORT_COLUMNS[query.sort]
  const direction = query.descending ? 'desc' : 'asc'
  const beyond = query.descending ? '<' : '>'
  const sql = [...conditions.sql]
  const values: Record<string, number | string> = { ...conditions.values, limit: query.limit + 1 }
  if (place) {
    sql.push(sort ? `(${sort}, s.row) ${beyond} (:placeValue, :placeRow)` : `s.row ${beyond} :placeRow`)
    values['placeRow'] = place[1]
    if (sort) values['placeValue'] = place[0]
  }
  const where = sql.length > 0 ? `where ${sql.join(' and ')}` : ''
  const order = sort ? `${sort} ${direction}, s.row ${direction}` : `s.row ${direction}`
  return { sql: `${where} order by ${order} limit :limit`, value: sort ?? '0', values }
}
