/** Lengths of the intervals a period is cut into. */
export const INTERVALS = ['hour', 'day', 'week', 'month'] as const
export type Interval = (typeof INTERVALS)[number]

const DAY_MS = 86_400_000

/** The interval that shows a period best: some 20 to 100 of them. `fromMs` is undefined for "since the beginning". */
export function fittingInterval(fromMs: number | undefined, toMs: number): Interval {
  if (fromMs === undefined) return 'week'
  const days = (toMs - fromMs) / DAY_MS
  if (days <= 4) return 'hour'
  if (days <= 100) return 'day'
  return days <= 700 ? 'week' : 'month'
}

/** The interval that an address names; else the fitting one. */
export function intervalOf(text: string | undefined, fromMs: number | undefined, toMs: number): Interval {
  return INTERVALS.find((interval) => interval === text) ?? fittingInterval(fromMs, toMs)
}
