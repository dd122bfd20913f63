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
import { sumColumns, toSums } from './session-sums.ts'
import type { StoreParts } from './store-parts.ts'
import { createTallyGroups } from './tally-groups.ts'
import type { Tuning } from './tuning.ts'
import { isOfStartsAlone, summedSessions, visitorsInTime } from './summed-sessions.ts'

/** Sums over sessions, read from one connection; each method is the one of `Store`. */
export interface ReadMetrics extends ReadJourneys {
  span(filters: MetricFilters): SessionSpan | undefined
  sums(filters: MetricFilters): SessionSums
  byInterval(filters: MetricFilters, bounds: readonly EpochMs[]): readonly SessionSums[]
  durations(filters: MetricFilters, bounds: readonly number[]): readonly number[]
  groups(filters: MetricFilters, by: SessionGrouping, limit: number): readonly SessionGroup[]
}

const GROUPS = readStatement('./group-sessions.sql')
const SUMS = 'select /* sums */ from /* sessions */'
const SPAN = 'select min(s.start) as first, max(s.start) as last from /* sessions */'
/** Of one each, SQLite reads no more than one where it goes by the starts. */
const SPAN_BY_START = `select (select min(s.start) from sessions s where /* conditions */) as first,
  (select max(s.start) from sessions s where /* conditions */) as last`

/** Reads over the connection. */
export function createReadMetrics(
  db: SqliteDatabase,
  parts: StoreParts,
  tuning: Tuning,
  told: string = CLIENT,
): ReadMetrics {
  const select = createSelectRows(db, parts, { ...tuning, told })
  const tally = createTallyGroups(db, select, tuning)

  return {
    span(filters) {
      const [span] = select.all<{ first: EpochMs | null; last: EpochMs | null }>(
        (conditions) => (isOfStartsAlone(conditions) ? SPAN_BY_START : SPAN),
        filters,
      )
      return span && span.first !== null && span.last !== null
        ? { first: span.first, last: span.last }
        : undefined
    },
    sums(filters) {
      const [sums] = select.all<SessionSums>(
        (conditions) =>
          SUMS.replace('/* sums */', sumColumns(filters.conversionsOf, visitorsInTime(conditions))),
        filters,
      )
      return sums ? toSums(sums) : NO_SESSIONS
    },
    byInterval(filters, bounds) {
      const { from = -Infinity, to = Infinity } = filters
      const intervals = bounds.slice(1).map((until, i) => ({
        from: Math.max(from, bounds[i]!),
        to: Math.min(to, until),
      }))
      const all = { from: intervals[0]?.from ?? 0, to: intervals.at(-1)?.to ?? 0 }
      return select
        .each<SessionSums>(SUMS, { ...filters, ...all }, intervals)
        .map((sums) => (sums ? toSums(sums) : NO_SESSIONS))
    },
    durations(filters, bounds) {
      const counts = bounds.map((_, i) => {
        const beyond = i + 1 < bounds.length ? ` and s.duration < :bound${i + 1}` : ''
        return `count(*) filter (where s.duration >= :bound${i}${beyond}) as bar${i}`
      })
      const values = Object.fromEntries(bounds.map((bound, i) => [`bound${i}`, bound]))
      const [row] = select.all<Record<string, number>>(
        `select ${counts.join(', ')} from /* sessions */`,
        filters,
        values,
      )
      return bounds.map((_, i) => row?.[`bar${i}`] ?? 0)
    },
    groups(filters, by, limit) {
      const columns = groupingColumns(by, parts)
      if (!columns) return []
      const isByColumns = by !== 'goals' && by !== 'lifecycle'
      const tallied = isByColumns ? tally(columns, filters, limit) : undefined
      if (tallied) return tallied.map((row) => toGroup(row, by, parts))
      const values = columns.map((column) => `s.${column}`).join(', ')
      // The way to a lifecycle leads past the columns that sums are made of.
      return select
        .all<GroupRow>(
          (conditions) =>
            GROUPS.replaceAll('/* values */', values).replace('/* grouped */', () =>
              groupedSessions(by, summedSessions(conditions, by === 'lifecycle'), parts),
            ),
          filters,
          { limit },
        )
        .map((row) => toGroup(row, by, parts))
    },
    ...createReadJourneys(db, parts, select),
  }
}
