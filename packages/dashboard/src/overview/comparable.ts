import type { IntervalMeasures, PreviousSeries } from '@sojourn/protocol'

/** The intervals of the period before, each in its place; undefined where nothing is stored of the whole of it, or where there is none. */
export function comparable(previous: PreviousSeries | undefined): readonly (IntervalMeasures | undefined)[] {
  const since = previous?.coveredFrom === undefined ? -Infinity : Date.parse(previous.coveredFrom)
  return previous?.intervals.map((interval) => (Date.parse(interval.to) > since ? interval : undefined)) ?? []
}
