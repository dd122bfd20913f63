import type { SessionSums } from '../session-metrics.ts'

/**
 * The columns that sum up a set of sessions `s`, under the names of `SessionSums`. The one place that says how each is counted. With the
 * name of a goal, bound as `:conversionsOf`, conversions are those of this goal. `visitors` is SQL that counts them in another way.
 */
export function sumColumns(conversionsOf?: string, visitors = 'count(distinct s.identity_row)'): string {
  const conversions =
    conversionsOf === undefined
      ? 'count(s.goals)'
      : 'ifnull(sum(exists (select 1 from json_each(s.goals) where value = :conversionsOf)), 0)'
  return `count(*) as sessions,
  ${visitors} as visitors,
  ifnull(sum(s.events), 0) as events,
  ifnull(sum(s.page_views), 0) as pageViews,
  ifnull(sum(s.duration), 0) as duration,
  ifnull(sum(s.events = 1), 0) as bounces,
  ifnull(sum(s.points), 0) as points,
  ${conversions} as conversions`
}

/** The sums of a row that was selected with `sumColumns` among others. */
export function toSums(row: SessionSums): SessionSums {
  const { sessions, visitors, events, pageViews, duration, bounces, points, conversions } = row
  return { sessions, visitors, events, pageViews, duration, bounces, points, conversions }
}
