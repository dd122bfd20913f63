import type { EpochMs } from '@sojourn/protocol'
import type { WallClock, WallMs } from './wall-clock.ts'

export const INTERVALS = ['hour', 'day', 'week', 'month'] as const
export type Interval = (typeof INTERVALS)[number]

/** A stretch of time: `from` belongs to it, `to` does not. */
export interface Period {
  readonly from: EpochMs
  readonly to: EpochMs
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** 1970-01-05, the first Monday of the epoch. */
const A_MONDAY: WallMs = 4 * DAY_MS
/** How short an interval can be, so that a period can be refused before it is cut. February has 28 days. */
const SHORTEST_MS: Readonly<Record<Interval, number>> = {
  hour: HOUR_MS / 2,
  day: 23 * HOUR_MS,
  week: 7 * DAY_MS - HOUR_MS,
  month: 28 * DAY_MS - HOUR_MS,
}

/** Most intervals of a period. */
export const MAX_INTERVALS = 2_000

/** True when the period may have more intervals than `MAX_INTERVALS`. */
export function isTooLong({ from, to }: Period, interval: Interval): boolean {
  return (to - from) / SHORTEST_MS[interval] > MAX_INTERVALS
}

/**
 * Cuts a period where local days, weeks (from Monday), months or hours begin. Comes back as bounds that ascend, the period's own two first and
 * last, so that the first and last interval may be parts of one. None for an empty period. An interval is as long as the clocks make it: a day may have
 * 23 hours, and a date that the zone skipped has no interval.
 */
export function intervalBounds({ from, to }: Period, interval: Interval, clock: WallClock): EpochMs[] {
  if (from >= to) return []
  const bounds = [from]
  const next = interval === 'hour' ? nextHour : nextDate
  for (let at = from; ;) {
    at = next(at, interval, clock)
    if (at >= to) break
    bounds.push(at)
  }
  return [...bounds, to]
}

/** The end of the hour: when the clock shows a full one, or 60 minutes after it did. A clock that is set by half an hour makes a short one. */
function nextHour(time: EpochMs, _interval: Interval, { wallAt }: WallClock): EpochMs {
  return time + HOUR_MS - remainder(wallAt(time), HOUR_MS)
}

function nextDate(time: EpochMs, interval: Interval, { wallAt, timeAt }: WallClock): EpochMs {
  let wall = wallAt(time)
  for (;;) {
    wall = nextStart(wall, interval)
    const next = timeAt(wall)
    // Where clocks are set back over midnight, the next one may have been shown already.
    if (next > time) return next
  }
}

function nextStart(wall: WallMs, interval: Interval): WallMs {
  if (interval === 'month') {
    const date = new Date(wall)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
  }
  const lengthMs = interval === 'week' ? 7 * DAY_MS : DAY_MS
  return wall + lengthMs - remainder(wall - A_MONDAY, lengthMs)
}

function remainder(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
