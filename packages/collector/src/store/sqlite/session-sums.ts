import type { SessionSums } from '../session-metrics.ts'

/**
 * What a session `s` adds to its events, page views, duration, bounces, points and conversions, in this order. The one place that says how
 * each is counted. With the name of a goal, bound as `:conversionsOf`, conversions are those of this goal.
 */
export function summands(conversionsOf?: string): readonly string[] {
  const conversion =
    conversionsOf === undefined
      ? 's.goals is not null'
      : 'exists (select 1 from json_each(s.goals) where value = :conversionsOf)'
  return ['s.events', 's.page_views', 's.duration', 's.events = 1', 's.points', conversion]
}

/**
 * The columns that sum up a set of sessions `s`, under the names of `SessionSums`. `visitors` is SQL that counts them in another way.
 */
export function sumColumns(conversionsOf?: string, visitors = 'count(distinct s.identity_row)'): string {
  const [events, pageViews, duration, bounces, points, conversions] = summands(conversionsOf).map(
    (summand) => `ifnull(sum(${summand}), 0)`,
  )
  return `count(*) as sessions, ${visitors} as visitors, ${events} as events, ${pageViews} as pageViews,
  ${duration} as duration, ${bounces} as bounces, ${points} as points, ${conversions} as conversions`
}

/** The sums of a row that was selected with `sumColumns` among others. */
export function toSums(row: SessionSums): SessionSums {
  const { sessions, visitors, events, pageViews, duration, bounces, points, conversions } = row
  return { sessions, visitors, events, pageViews, duration, bounces, points, conversions }
}
