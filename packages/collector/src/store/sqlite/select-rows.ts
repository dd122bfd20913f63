import type { MetricFilters } from '../queries.ts'
import type { SqliteDatabase } from './open-database.ts'
import { sessionConditions } from './session-conditions.ts'
import type { Conditions } from './session-conditions.ts'
import { sumColumns } from './session-sums.ts'
import type { StoreParts } from './store-parts.ts'
import { summedSessions } from './summed-sessions.ts'

/** Values that a statement binds. */
export type Values = Readonly<Record<string, number | string | null>>

/** A statement, or what makes it of the conditions that the filters come to. */
export type Statement = string | ((conditions: Conditions) => string)

/** Rows of statements over the sessions `s` that the filters find, with their sums where a statement asks for them; none when no session can match. */
export interface SelectRows {
  all<Row>(statement: Statement, filters: MetricFilters, values?: Values): readonly Row[]
  /** The first row for each of the values, which may take the place of those of the filters. */
  each<Row>(
    statement: Statement,
    filters: MetricFilters,
    values: readonly Values[],
  ): readonly (Row | undefined)[]
}

/** Over one connection, whose sessions are told by the definition `told`. Statements depend on the filters, so they are prepared when they are asked for. */
export function createSelectRows(db: SqliteDatabase, parts: StoreParts, told: string): SelectRows {
  function prepare<Row>(statement: Statement, filters: MetricFilters) {
    const conditions = filters.definition === told ? sessionConditions(filters, parts) : undefined
    if (!conditions) return undefined
    const { conversionsOf } = filters
    const text = typeof statement === 'string' ? statement : statement(conditions)
    const sql = text
      .replace('/* sums */', sumColumns(conversionsOf))
      .replace('/* sessions */', () => summedSessions(conditions))
      .replaceAll('/* conditions */', () => ['true', ...conditions.sql].join(' and '))
    const values = { ...conditions.values, ...(conversionsOf !== undefined && { conversionsOf }) }
    return { rows: db.prepare<[object], Row>(sql), values }
  }

  return {
    all<Row>(statement: Statement, filters: MetricFilters, values: Values = {}) {
      const prepared = prepare<Row>(statement, filters)
      return prepared ? prepared.rows.all({ ...prepared.values, ...values }) : []
    },
    // All of one moment, whoever commits in between.
    each: db.transaction(<Row>(statement: Statement, filters: MetricFilters, values: readonly Values[]) => {
      const prepared = prepare<Row>(statement, filters)
      return values.map((some) => prepared?.rows.get({ ...prepared.values, ...some }))
    }) as SelectRows['each'],
  }
}
