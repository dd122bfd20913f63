import { boundText, intervalText } from '../words/time.ts'
import type { Interval } from './interval.ts'

/** A stretch of time, ISO 8601; `to` is not included. */
interface Span {
  readonly from: string
  readonly to: string
}

/** Whether the first and the last interval of a period are only parts of one: the period begins, or ends, in its middle. */
export interface CutEnds {
  readonly first: boolean
  readonly last: boolean
}

/** Which ends are cut, by the calendar of the viewer's zone. `spans` follow one another. */
export function cutEnds(spans: readonly Span[], interval: Interval): CutEnds {
  const [first, last] = [spans[0], spans.at(-1)]
  return {
    first: first !== undefined && !isStart(Date.parse(first.from), interval),
    last: last !== undefined && !isStart(Date.parse(last.to), interval),
  }
}

/** Whether an hour, a day, a week (from Monday) or a month begins then, in the viewer's zone. */
export function isStart(time: number, interval: Interval): boolean {
  const date = new Date(time)
  if (interval === 'hour') return time % 60_000 === 0 && date.getMinutes() === 0
  // Where clocks are set over midnight, a day begins later than at 0:00.
  const isFirstOfDay = new Date(time - 1).getDate() !== date.getDate()
  if (!isFirstOfDay || interval === 'day') return isFirstOfDay
  return interval === 'week' ? date.getDay() === 1 : date.getDate() === 1
}

/** One of the intervals in words; of one that is cut, which part it is: `Sun, 22 Oct, from 21:40`. */
export function intervalWords(spans: readonly Span[], at: number, interval: Interval): string {
  const { from, to } = spans[at]!
  const cut = cutEnds(spans, interval)
  return [
    intervalText(Date.parse(from), Date.parse(to), interval),
    ...(at === 0 && cut.first ? [`from ${boundText(Date.parse(from), interval)}`] : []),
    ...(at === spans.length - 1 && cut.last ? [`up to ${boundText(Date.parse(to), interval)}`] : []),
  ].join(', ')
}
