import { expect, test } from 'vitest'
import type { Interval } from './interval.ts'
import { intervalTicks } from './interval-ticks.ts'

/** Midnights of the viewer's zone. */
const days = (count: number, from = new Date(2024, 4, 6)): number[] =>
  Array.from({ length: count }, (_, n) =>
    new Date(from.getFullYear(), from.getMonth(), from.getDate() + n).getTime(),
  )
const at = (times: readonly number[], interval: Interval, most: number): readonly Date[] =>
  intervalTicks(times, interval, most).map(({ time }) => new Date(time))

test('days have ticks at days, and where there are too many at Mondays', () => {
  expect(at(days(7), 'day', 20).map((date) => date.getDate())).toEqual([6, 7, 8, 9, 10, 11, 12])
  expect(
    at(days(30), 'day', 16)
      .map((date) => date.getDate())
      .slice(0, 3),
  ).toEqual([6, 8, 10])
  const mondays = at(days(60), 'day', 12)
  expect(mondays.length).toBe(9)
  for (const date of mondays) expect([date.getDay(), date.getHours()]).toEqual([1, 0])
})

test('a day that is cut has no tick, since none begins where it is drawn', () => {
  const [, ...rest] = days(8)
  const cut = new Date(2024, 4, 6, 21, 40).getTime()
  expect(intervalTicks([cut, ...rest], 'day', 20).map(({ time }) => time)).toEqual(rest)
})

test('hours have ticks at round hours, then at days, then at weeks', () => {
  const hours = Array.from({ length: 96 }, (_, n) => new Date(2024, 4, 6, n).getTime())
  expect(new Set(at(hours, 'hour', 20).map((date) => date.getHours()))).toEqual(new Set([0, 6, 12, 18]))
  expect(at(hours, 'hour', 4).map((date) => [date.getHours(), date.getDate()])).toEqual([
    [0, 6],
    [0, 7],
    [0, 8],
    [0, 9],
  ])
})

test('weeks and months are never more than there is room for', () => {
  const weeks = days(7 * 150).filter((_, n) => n % 7 === 0)
  for (const most of [4, 10, 20]) {
    expect(at(weeks, 'week', most).length).toBeLessThanOrEqual(most)
    expect(at(weeks, 'week', most).length).toBeGreaterThan(1)
  }
  const months = Array.from({ length: 400 }, (_, n) => new Date(1995, n, 1).getTime())
  expect(at(months, 'month', 4).length).toBe(4)
})
