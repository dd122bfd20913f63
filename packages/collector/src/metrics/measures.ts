import type { Measures } from '@sojourn/protocol'
import type { SessionSums } from '../store/session-metrics.ts'

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
