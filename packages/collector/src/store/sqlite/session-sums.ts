import type { SessionSums } from '../session-metrics.ts'

/** The columns that sum up a set of sessions `s`, under the names of `SessionSums`. The one place that says how each is counted. */
export const SUM_COLUMNS = `count(*) as sessions,
  count(distinct s.identity_row) as visitors,
  ifnull(sum(s.events), 0) as events,
  ifnull(sum(s.page_views), 0) as pageViews,
  ifnull(sum(s.duration), 0) as duration,
  ifnull(sum(s.events = 1), 0) as bounces,
  ifnull(sum(s.points), 0) as points,
  count(s.goals) as conversions`

/** The sums of a row that was selected with `SUM_COLUMNS` among others. */
export function toSums(row: SessionSums): SessionSums {
  const { sessions, visitors, events, pageViews, duration, bounces, points, conversions } = row
  return { sessions, visitors, events, pageViews, duration, bounces, points, conversions }
}
