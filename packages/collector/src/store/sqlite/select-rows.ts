import type { MetricFilters } from '../queries.ts'
import type { SqliteDatabase } from './open-database.ts'
import { sessionConditions } from './session-conditions.ts'
import { sumColumns } from './session-sums.ts'
import type { StoreParts } from './store-parts.ts'

/** Values that a statement binds. */
export type Values = Readonly<Record<string, number | string>>

/** All rows of a statement over the sessions `s` that the filters find, with their sums where it asks for them; none when no session can match. */
export type SelectRows = <Row>(statement: string, filters: MetricFilters, values?: Values) => readonly Row[]

/** Over one connection, whose sessions are told by the definition `told`. Statements depend on the filters, so they are prepared when they are asked for. */
export function createSelectRows(db: SqliteDatabase, parts: StoreParts, told: string): SelectRows {
  return <Row>(statement: string, filters: MetricFilters, values: Values = {}): readonly Row[] => {
    const conditions = filters.definition === told ? sessionConditions(filters, parts) : undefined
    if (!conditions) return []
    const where = conditions.sql.length > 0 ? conditions.sql.join(' and ') : 'true'
    const { conversionsOf } = filters
    const sql = statement
      .replace('/* sums */', sumColumns(conversionsOf))
      .replace('/* conditions */', () => where)
    return db
      .prepare<[object], Row>(sql)
      .all({ ...conditions.values, ...values, ...(conversionsOf !== undefined && { conversionsOf }) })
  }
}
