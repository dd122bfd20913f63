import type { EpochMs, PreviousSeries, Series, Timeseries } from '@sojourn/protocol'
import type { Store } from '../store/store.ts'
import { MAX_INTERVALS, intervalBounds, isTooLong } from './intervals.ts'
import type { Period } from './intervals.ts'
import { measuresOf } from './measures.ts'
import type { MetricsQuery } from './metrics-parameters.ts'
import { previousBounds } from './previous-period.ts'
import { createWallClock } from './wall-clock.ts'

/** A period that has more intervals than one answer holds; the message says how to mend it. */
export class TooManyIntervals extends Error {}

/**
 * Sessions over time. Without `from` it begins with the first session that the filters find; without `to` it ends after now and after the last one.
 * Rejects with `TooManyIntervals`.
 */
export async function timeseries(store: Store, query: MetricsQuery): Promise<Timeseries> {
  const { interval, tz, withPrevious } = query
  const clock = createWallClock(tz)
  const period = await periodOf(store, query)
  if (isTooLong(period, interval))
    throw new TooManyIntervals(
      `interval must be longer, or from later: between from and to there may be at most ${MAX_INTERVALS} intervals.`,
    )
  const bounds = intervalBounds(period, interval, clock)
  return {
    interval,
    tz,
    ...(await series(store, query, bounds)),
    ...(withPrevious && {
      previous: await previousSeries(store, query, previousBounds(bounds, interval, clock)),
    }),
  }
}

async function periodOf(store: Store, { filters }: MetricsQuery): Promise<Period> {
  const { from, to, now } = filters
  if (from !== undefined && to !== undefined) return { from, to }
  const span = await store.sessionSpan(filters)
  return { from: from ?? span?.first ?? now, to: to ?? Math.max(now, (span?.last ?? now) + 1) }
}

async function previousSeries(
  store: Store,
  query: MetricsQuery,
  bounds: readonly EpochMs[],
): Promise<PreviousSeries> {
  const { definition, now, signal } = query.filters
  const [before, span] = await Promise.all([
    series(store, query, bounds),
    store.sessionSpan({ definition, now, ...(signal && { signal }) }),
  ])
  const isWhole = span === undefined || bounds[0] === undefined || span.first <= bounds[0]
  return isWhole ? before : { ...before, coveredFrom: iso(span.first) }
}

async function series(store: Store, { filters }: MetricsQuery, bounds: readonly EpochMs[]): Promise<Series> {
  const [from = 0, to = from] = [bounds[0], bounds.at(-1)]
  const within = { ...filters, from, to }
  const [total, sums] = await Promise.all([
    store.sessionSums(within).then(measuresOf),
    store.sessionSumsBetween(within, bounds),
  ])
  if (bounds.length === 0) return { total, intervals: [] }
  const intervals = sums.map((sum, i) => ({
    from: iso(bounds[i]!),
    to: iso(bounds[i + 1]!),
    ...measuresOf(sum),
  }))
  return { from: iso(from), to: iso(to), total, intervals }
}

function iso(time: EpochMs): string {
  return new Date(time).toISOString()
}
