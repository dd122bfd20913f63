import type { MetricFilters } from '../queries.ts'
import type { SqliteDatabase } from './open-database.ts'
import { sessionConditions } from './session-conditions.ts'
import type { Conditions } from './session-conditions.ts'
import { sumColumns } from './session-sums.ts'
import { sessionDrivers } from './session-drivers.ts'
import type { Driver } from './session-drivers.ts'
import type { StoreParts } from './store-parts.ts'
import { isSummable, summedSessions } from './summed-sessions.ts'
import type { Summed } from './summed-sessions.ts'
import type { Tuning } from './tuning.ts'

/** Values that a statement binds. */
export type Values = Readonly<Record<string, number | string | null>>

/** A statement, or what makes it of the conditions that the filters come to. */
export type Statement = string | ((conditions: Conditions & Summed) => string)

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

/** A way that leads past the time that is asked for may be gone once for each interval: only where so many times fewer are on it. */
const TIMELESS = 10

/** Over one connection, whose sessions are told by the definition `told`. Statements depend on the filters, so they are prepared when they are asked for. */
export function createSelectRows(
  db: SqliteDatabase,
  parts: StoreParts,
  { told, gatheredSums }: Pick<Tuning, 'gatheredSums'> & { readonly told: string },
): SelectRows {
  function countUpTo({ from, countedFrom = from, where }: Driver, values: object, upTo: number): number {
    const sql = `select count(*) from (select 1 from ${countedFrom} where ${where} limit :upTo)`
    return db
      .prepare<[object], number>(sql)
      .pluck()
      .get({ ...values, upTo })!
  }

  /** The narrowest way to the settled sessions that match, where one is narrow enough. */
  function wayTo(conditions: Conditions): Driver | undefined {
    if (isSummable(conditions)) return undefined
    const ways = sessionDrivers(conditions).map((driver) => {
      const most = driver.inOrder ? gatheredSums : Math.floor(gatheredSums / TIMELESS)
      return { driver, most, found: countUpTo(driver, conditions.values, most + 1) }
    })
    const narrow = ways.filter(({ found, most }) => found <= most)
    return narrow.sort((a, b) => a.found - b.found)[0]?.driver
  }

  function prepare<Row>(statement: Statement, filters: MetricFilters) {
    const found = filters.definition === told ? sessionConditions(filters, parts) : undefined
    if (!found) return undefined
    const conditions = { ...found, way: wayTo(found) }
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
