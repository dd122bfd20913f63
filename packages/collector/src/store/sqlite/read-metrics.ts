import type { EpochMs } from '@sojourn/protocol'
import { NO_SESSIONS } from '../session-metrics.ts'
import type { SessionGroup, SessionGrouping, SessionSums } from '../session-metrics.ts'
import type { MetricFilters, SessionSpan } from '../queries.ts'
import type { SqliteDatabase } from './open-database.ts'
import { readStatement } from './read-statement.ts'
import { CLIENT } from './read-sessions.ts'
import { groupedSessions, groupingColumns, toGroup } from './session-grouping.ts'
import type { GroupRow } from './session-grouping.ts'
import { createReadJourneys } from './read-journeys.ts'
import type { ReadJourneys } from './read-journeys.ts'
import { createSelectRows } from './select-rows.ts'
import { toSums } from './session-sums.ts'
import type { StoreParts } from './store-parts.ts'

/** Sums over sessions, read from one connection; each method is the one of `Store`. */
export interface ReadMetrics extends ReadJourneys {
  span(filters: MetricFilters): SessionSpan | undefined
  sums(filters: MetricFilters): SessionSums
  byInterval(filters: MetricFilters, bounds: readonly EpochMs[]): readonly SessionSums[]
  durations(filters: MetricFilters, bounds: readonly number[]): readonly number[]
  groups(filters: MetricFilters, by: SessionGrouping, limit: number): readonly SessionGroup[]
}

const BY_INTERVAL = readStatement('./sum-by-interval.sql')
const DURATIONS = readStatement('./count-durations.sql')
const GROUPS = readStatement('./group-sessions.sql')

/** Reads over the connection. */
export function createReadMetrics(db: SqliteDatabase, parts: StoreParts, told: string = CLIENT): ReadMetrics {
  const select = createSelectRows(db, parts, told)

  return {
    span(filters) {
      const [span] = select<{ first: EpochMs | null; last: EpochMs | null }>(
        'select min(s.start) as first, max(s.start) as last from sessions s where /* conditions */',
        filters,
      )
      return span && span.first !== null && span.last !== null
        ? { first: span.first, last: span.last }
        : undefined
    },
    sums(filters) {
      const [sums] = select<SessionSums>('select /* sums */ from sessions s where /* conditions */', filters)
      return sums ? toSums(sums) : NO_SESSIONS
    },
    byInterval(filters, bounds) {
      // Sessions of one person are few and found at once; all others are met once each in the order of their starts.
      const isFew = filters.visitor !== undefined || filters.profile !== undefined
      const tables = isFew
        ? 'sessions s cross join bounds'
        : 'bounds cross join sessions s indexed by sessions_by_start'
      const rows = select<SessionSums & { place: number }>(
        BY_INTERVAL.replace('/* tables */', tables),
        filters,
        { bounds: JSON.stringify(bounds) },
      )
      const sums = bounds.slice(1).map(() => NO_SESSIONS)
      for (const row of rows) sums[row.place] = toSums(row)
      return sums
    },
    durations(filters, bounds) {
      const counts = bounds.map(() => 0)
      const values = { bounds: JSON.stringify(bounds) }
      for (const row of select<{ place: number; sessions: number }>(DURATIONS, filters, values))
        counts[row.place] = row.sessions
      return counts
    },
    groups(filters, by, limit) {
      const columns = groupingColumns(by, parts)
      if (!columns) return []
      const statement = GROUPS.replace(
        'from sessions s',
        () => `from ${groupedSessions(by, parts)}`,
      ).replaceAll('/* values */', columns.map((column) => `s.${column}`).join(', '))
      return select<GroupRow>(statement, filters, { limit }).map((row) => toGroup(row, by, parts))
    },
    ...createReadJourneys(db, parts, select),
  }
}
