import type { EpochMs } from '@sojourn/protocol'
import type { Interval, Period } from './intervals.ts'
import type { WallClock } from './wall-clock.ts'

/**
 * The bounds of a period's intervals, each taken back by the length of the period, so that the two series have the same number of intervals and the
 * earlier one ends where the later begins. The length is that of the calendar, so that midnights stay midnights when clocks are set in
 * between; of hours it is that of a stopwatch.
 */
export function previousBounds(bounds: readonly EpochMs[], interval: Interval, clock: WallClock): EpochMs[] {
  const [from, to] = [bounds[0], bounds.at(-1)]
  if (from === undefined || to === undefined) return []
  const lengthMs = interval === 'hour' ? to - from : clock.wallAt(to) - clock.wallAt(from)
  const earlier = (bound: EpochMs) =>
    interval === 'hour' ? bound - lengthMs : clock.timeAt(clock.wallAt(bound) - lengthMs)
  // An hour that the clock shows twice can bring two bounds to one time, and the period ends where the other begins even then.
  const shifted = bounds.slice(0, -1).map((bound) => Math.min(earlier(bound), from))
  return [...shifted, from]
}

/** The period of the same length before one. */
export function previousPeriod({ from, to }: Period, clock: WallClock): Period {
  const [earlier = from] = previousBounds([from, to], 'day', clock)
  return { from: earlier, to: from }
}
