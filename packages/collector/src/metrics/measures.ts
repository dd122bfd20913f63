import type { SessionSums } from '../store/session-metrics.ts'

/** What the API says of a set of sessions. Rates are from 0 to 1; a mean or rate of no sessions is null. */
export interface Measures {
  readonly sessions: number
  readonly visitors: number
  readonly events: number
  readonly pageViews: number
  /** Seconds. */
  readonly meanDuration: number | null
  readonly bounceRate: number | null
  readonly points: number
  readonly conversions: number
  readonly conversionRate: number | null
}

/** The means and rates that follow from sums. */
export function measuresOf(sums: SessionSums): Measures {
  const { sessions, visitors, events, pageViews, duration, bounces, points, conversions } = sums
  const perSession = (sum: number) => (sessions === 0 ? null : sum / sessions)
  return {
    sessions,
    visitors,
    events,
    pageViews,
    meanDuration: perSession(duration),
    bounceRate: perSession(bounces),
    points,
    conversions,
    conversionRate: perSession(conversions),
  }
}
