import type { EpochMs } from '@sojourn/protocol'

const DAY_MS = 86_400_000

/** True for the name of a time zone that this Node knows, such as `America/New_York` or `UTC`; an offset such as `+02:00` is none. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Za-z]/.test(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

/** A stretch of time within one UTC day in which a zone's offset does not change. */
interface Stretch {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly offsetMs: number
}

/**
 * A function from a time to the number of its local date in `zone`: days since 1970-01-01, as the calendar there shows it. Intl is asked
 * once for each UTC day; times in order cost a comparison and a division each. Throws a RangeError for an unknown zone.
 */
export function createLocalDay(zone: string): (time: EpochMs) => number {
  const offsetAt = createOffset(zone)
  const stretches = new Map<number, readonly Stretch[]>()
  let current: Stretch = { from: 0, to: 0, offsetMs: 0 }
  return (time) => {
    if (time < current.from || time >= current.to) {
      const day = Math.floor(time / DAY_MS)
      let known = stretches.get(day)
      if (!known) stretches.set(day, (known = stretchesOf(day, offsetAt)))
      current = known.find((stretch) => time < stretch.to)!
    }
    return Math.floor((time + current.offsetMs) / DAY_MS)
  }
}

/** A zone changes its offset at most once within a UTC day; where it does, the instant is found by halving. */
function stretchesOf(day: number, offsetAt: (time: EpochMs) => number): readonly Stretch[] {
  const from = day * DAY_MS
  const to = from + DAY_MS
  const before = offsetAt(from)
  const after = offsetAt(to - 1)
  if (before === after) return [{ from, to, offsetMs: before }]
  let low = from
  let high = to - 1
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle) === before) low = middle
    else high = middle
  }
  return [
    { from, to: high, offsetMs: before },
    { from: high, to, offsetMs: after },
  ]
}

/** A function from a time to what a clock in `zone` is ahead of UTC then, in ms. Throws a RangeError for an unknown zone. */
export function createOffset(zone: string): (time: EpochMs) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (time) => {
    const parts: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(time)) parts[type] = Number(value)
    const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second)
    return wall - Math.floor(time / 1_000) * 1_000
  }
}
