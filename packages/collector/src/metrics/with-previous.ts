import type { MetricFilters } from '../store/queries.ts'
import type { MetricsQuery } from './metrics-parameters.ts'
import { previousPeriod } from './previous-period.ts'
import { createWallClock } from './wall-clock.ts'

/** An answer, and that of the period before: ISO 8601, `to` not included. */
export type WithPrevious<Answer> = Answer & {
  readonly previous?: Answer & { readonly from: string; readonly to: string }
}

/** Asks for the period of the query, and for the one of the same length before it if that is wanted. Without `to` a period ends now. */
export async function withPrevious<Answer extends object>(
  { filters, tz, withPrevious: isWanted }: MetricsQuery,
  ask: (filters: MetricFilters) => Promise<Answer>,
): Promise<WithPrevious<Answer>> {
  const answer = await ask(filters)
  if (!isWanted) return answer
  const { from = filters.now, to = filters.now } = filters
  const before = previousPeriod({ from, to: Math.max(from, to) }, createWallClock(tz))
  const previous = await ask({ ...filters, ...before })
  return {
    ...answer,
    previous: {
      from: new Date(before.from).toISOString(),
      to: new Date(before.to).toISOString(),
      ...previous,
    },
  }
}
