import type { ChartTick } from '../design/time-chart.tsx'
import { intervalTickText } from '../words/time.ts'
import { isStart } from './cut-ends.ts'
import type { Interval } from './interval.ts'

/** How many intervals may lie between two ticks. */
const STEPS: Readonly<Record<Interval, readonly number[]>> = {
  hour: [1, 2, 3, 4, 6, 12],
  day: [1, 2, 3],
  week: [1, 2, 4, 8, 13, 26],
  month: [1, 2, 3, 6, 12, 24, 60, 120],
}
/** Whose beginnings have a tick where even the longest step leaves too many. */
const LONGER: Readonly<Partial<Record<Interval, Interval>>> = { hour: 'day', day: 'week', week: 'month' }

/**
 * The ticks of a chart's axis at the beginnings of its intervals, in epoch ms: at most `most` of them, evenly apart, and none where the
 * interval is cut. Hours stand at round ones of the day; too many hours give way to days, days to weeks, and weeks to months.
 */
export function intervalTicks(
  times: readonly number[],
  interval: Interval,
  most: number,
): readonly ChartTick[] {
  const whole = times.filter((time) => isStart(time, interval))
  for (const step of STEPS[interval]) {
    const ticks =
      interval === 'hour'
        ? whole.filter((time) => new Date(time).getHours() % step === 0)
        : whole.filter((_, at) => at % step === 0)
    if (ticks.length <= most) return ticks.map((time) => ({ time, text: intervalTickText(time, interval) }))
  }
  const longer = LONGER[interval]
  return longer === undefined ? [] : intervalTicks(whole, longer, most)
}
