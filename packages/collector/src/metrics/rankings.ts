import type { Measures } from '@sojourn/protocol'
import type { SessionGroup, SessionGrouping } from '../store/session-metrics.ts'
import type { MetricFilters } from '../store/queries.ts'
import type { Store } from '../store/store.ts'
import { examinedOf } from './examined.ts'
import type { Examined } from './examined.ts'
import { measuresOf } from './measures.ts'
import type { MetricsQuery } from './metrics-parameters.ts'
import { withPrevious } from './with-previous.ts'
import type { WithPrevious } from './with-previous.ts'

/** Sessions that have the same values, each under the name of the parameter that finds them; a value that they do not have is absent. */
export type RankedGroup = Measures & Readonly<Record<string, string | number | null>>

/** The largest groups, the largest first, and all sessions that the filters find. `more`: there are others. */
export interface Ranking<Row> {
  readonly total: Measures
  readonly rows: readonly Row[]
  readonly more: boolean
}

/** Sessions whose first pages are the same. */
export type RankedPath = Measures & { readonly steps: readonly string[] }

/** The answer of `GET /v1/metrics/paths`. */
export type PathRanking = Ranking<RankedPath> & Examined

/** What the parameters of the API call values that `SessionFilters` calls otherwise. */
const PARAMETER_NAMES: Readonly<Record<string, string>> = {
  utmSource: 'utm_source',
  utmMedium: 'utm_medium',
  utmCampaign: 'utm_campaign',
}

/** The most frequent values of a grouping, and of the period before if that is asked for. */
export function ranking(
  store: Store,
  query: MetricsQuery,
  by: SessionGrouping,
): Promise<WithPrevious<Ranking<RankedGroup>>> {
  return withPrevious(query, async (filters) => {
    const [{ total }, groups] = await Promise.all([
      totalOf(store, filters),
      store.sessionGroups(filters, by, query.limit + 1),
    ])
    const rows = groups.map((group) => toRow(group, by, total))
    return { total, ...cut(rows, query.limit) }
  })
}

/** The most frequent paths, and of the period before if that is asked for. */
export function pathRanking(store: Store, query: MetricsQuery): Promise<WithPrevious<PathRanking>> {
  return withPrevious(query, async (filters) => {
    // All that is told of is what reached the goal, where one is asked for.
    const asked = query.until === undefined ? filters : { ...filters, goal: query.until }
    const { total } = await totalOf(store, asked)
    const { filters: latest, told } = await examinedOf(store, asked, total.sessions)
    const paths = await store.sessionPaths(latest, {
      steps: query.steps,
      limit: query.limit + 1,
      examined: told.examined,
      ...(query.until !== undefined && { until: query.until }),
      isLast: query.isLast,
      isPartial: query.isPartial,
    })
    const rows = paths.map(({ steps, sums }) => ({ steps, ...measuresOf(sums) }))
    return { total, ...told, ...cut(rows, query.limit) }
  })
}

/** What all sessions that the filters find amount to. */
export async function totalOf(store: Store, filters: MetricFilters): Promise<{ readonly total: Measures }> {
  return { total: measuresOf(await store.sessionSums(filters)) }
}

/** All sessions of a goal's row have reached it, so its rate is of all sessions. */
function toRow(
  { values, sourceName, sums }: SessionGroup,
  by: SessionGrouping,
  { sessions: all }: Measures,
): RankedGroup {
  const named = Object.entries(values).map(([name, value]) => [PARAMETER_NAMES[name] ?? name, value])
  return {
    ...(Object.fromEntries(named) as Record<string, string>),
    ...(sourceName !== undefined && { sourceName }),
    ...measuresOf(sums),
    ...(by === 'goals' && { conversions: sums.sessions, conversionRate: sums.sessions / all }),
  }
}

/** The first rows, and whether there are more. */
export function cut<Row>(
  rows: readonly Row[],
  limit: number,
): { readonly rows: readonly Row[]; readonly more: boolean } {
  return { rows: rows.slice(0, limit), more: rows.length > limit }
}
