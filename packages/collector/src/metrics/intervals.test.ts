import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { INTERVALS, intervalBounds, isTooLong } from './intervals.ts'
import type { Interval } from './intervals.ts'
import { previousBounds, previousPeriod } from './previous-period.ts'
import { createWallClock } from './wall-clock.ts'

const HOUR_MS = 3_600_000
const ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Kolkata',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Auckland',
]
const ODD_MIDNIGHTS = 'America/St_Johns'
const CLOCKS = new Map([...ZONES, ODD_MIDNIGHTS].map((zone) => [zone, createWallClock(zone)]))
const FORMATS = new Map(
  ZONES.map((zone) => [
    zone,
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  ]),
)

/** `2024-05-30, 07:44` as a clock of the zone shows it. */
function shown(time: number, zone: string): string {
  return FORMATS.get(zone)!.format(time)
}

/** What makes two times one interval, told from the calendar alone. */
function nameOf(time: number, zone: string, interval: Interval): string {
  const date = shown(time, zone).slice(0, 10)
  if (interval === 'day') return date
  if (interval === 'month') return date.slice(0, 7)
  const day = new Date(`${date}T00:00Z`)
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
  return day.toISOString()
}

const zone = fc.constantFrom(...ZONES)
const from = fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2026, 0) })

propertyTest.prop([
  zone,
  fc.constantFrom('day', 'week', 'month'),
  from,
  fc.nat(120),
  fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
])(
  'two times share an interval exactly when the calendar says so',
  (zoneName, interval, start, days, places) => {
    const period = { from: start, to: start + days * 24 * HOUR_MS + 1 }
    const bounds = intervalBounds(period, interval, CLOCKS.get(zoneName)!)
    expect([bounds[0], bounds.at(-1)]).toEqual([period.from, period.to])
    const times = [
      ...places.map((place) => Math.floor(start + place * (period.to - 1 - start))),
      ...bounds.slice(0, -1),
    ]
    const placeOf = (time: number) => bounds.findLastIndex((bound) => bound <= time)
    const names = new Map<number, string>()
    for (const time of times) {
      const name = nameOf(time, zoneName, interval)
      expect(names.get(placeOf(time)) ?? name).toBe(name)
      names.set(placeOf(time), name)
    }
    expect(new Set(names.values()).size).toBe(names.size)
    expect(bounds).toEqual([...new Set(bounds)].sort((a, b) => a - b))
  },
)

propertyTest.prop([zone, from, fc.nat(900)])(
  'hours end when the clock shows a full one',
  (zoneName, start, hours) => {
    const period = { from: start, to: start + hours * HOUR_MS + 1 }
    const bounds = intervalBounds(period, 'hour', CLOCKS.get(zoneName)!)
    const inner = bounds.slice(1, -1)
    const odd = inner.filter((bound) => !shown(bound, zoneName).endsWith(':00'))
    // Lord Howe Island sets its clocks by half an hour.
    expect(odd.length).toBeLessThanOrEqual(zoneName === 'Australia/Lord_Howe' ? 1 : 0)
    bounds.slice(1).forEach((bound, i) => {
      expect(bound - bounds[i]!).toBeGreaterThan(0)
      expect(bound - bounds[i]!).toBeLessThanOrEqual(HOUR_MS)
    })
  },
)

test.each([
  ['Europe/Paris', '2024-03-30T23:00Z', '2024-04-01T22:00Z', [23, 24]],
  ['Europe/Paris', '2024-10-26T22:00Z', '2024-10-28T23:00Z', [25, 24]],
  ['Asia/Beirut', '2024-03-29T22:00Z', '2024-03-31T21:00Z', [24, 23]],
  ['Pacific/Apia', '2011-12-29T10:00Z', '2011-12-31T10:00Z', [24, 24]],
  // A minute after midnight it was 23:01 again: a day begins when the clock first shows midnight.
  ['America/St_Johns', '2010-11-06T02:30Z', '2010-11-08T03:30Z', [24, 25]],
  ['America/St_Johns', '2010-11-07T02:40Z', '2010-11-08T03:30Z', [24 + 5 / 6]],
])('days in %s from %s are as long as the clocks make them', (zoneName, since, until, hours) => {
  const period = { from: Date.parse(since), to: Date.parse(until) }
  const bounds = intervalBounds(period, 'day', CLOCKS.get(zoneName)!)
  expect(bounds.slice(1).map((bound, i) => (bound - bounds[i]!) / HOUR_MS)).toEqual(hours)
})

test('an empty period has no intervals, and a long one is known before it is cut', () => {
  expect(intervalBounds({ from: 5, to: 5 }, 'day', CLOCKS.get('UTC')!)).toEqual([])
  expect(intervalBounds({ from: 6, to: 5 }, 'hour', CLOCKS.get('UTC')!)).toEqual([])
  expect(isTooLong({ from: -8.64e15, to: 8.64e15 }, 'month')).toBe(true)
  expect(isTooLong({ from: 0, to: 366 * 24 * HOUR_MS }, 'day')).toBe(false)
})

propertyTest.prop([zone, fc.constantFrom(...INTERVALS), from, fc.nat(60)])(
  'the period before has as many intervals, in order, and ends where this one begins',
  (zoneName, interval, start, days) => {
    const clock = CLOCKS.get(zoneName)!
    const bounds = intervalBounds({ from: start, to: start + days * 24 * HOUR_MS + 1 }, interval, clock)
    const before = previousBounds(bounds, interval, clock)
    expect(before.length).toBe(bounds.length)
    expect(before.at(-1)).toBe(start)
    expect(before).toEqual([...before].sort((a, b) => a - b))
  },
)

test('midnights stay midnights over a change of the clocks', () => {
  const clock = CLOCKS.get('Europe/Paris')!
  const midnight = (date: string) => clock.timeAt(Date.parse(`${date}T00:00Z`))
  const bounds = ['2024-04-01', '2024-04-02', '2024-04-03'].map(midnight)
  expect(previousBounds(bounds, 'day', clock)).toEqual(
    ['2024-03-30', '2024-03-31', '2024-04-01'].map(midnight),
  )
  expect(previousPeriod({ from: bounds[0]!, to: bounds[2]! }, clock)).toEqual({
    from: midnight('2024-03-30'),
    to: midnight('2024-04-01'),
  })
})
