import { expect, test } from 'vitest'
import { cutEnds, intervalWords, isStart } from './cut-ends.ts'

const iso = (...parts: [number, number, number, number?, number?]): string => new Date(...parts).toISOString()
const spans = [
  { from: iso(2024, 4, 6, 21, 40), to: iso(2024, 4, 7) },
  { from: iso(2024, 4, 7), to: iso(2024, 4, 8) },
  { from: iso(2024, 4, 8), to: iso(2024, 4, 8, 14, 5) },
]

test('an end is cut where the calendar goes on', () => {
  expect(cutEnds(spans, 'day')).toEqual({ first: true, last: true })
  expect(cutEnds(spans.slice(1), 'day')).toEqual({ first: false, last: true })
  expect(cutEnds(spans.slice(0, 2), 'day')).toEqual({ first: true, last: false })
  expect(cutEnds([], 'day')).toEqual({ first: false, last: false })
})

test('weeks begin on Mondays, months on the first, hours at full ones', () => {
  const monday = new Date(2024, 4, 6).getTime()
  expect((['hour', 'day', 'week', 'month'] as const).map((interval) => isStart(monday, interval))).toEqual([
    true,
    true,
    true,
    false,
  ])
  expect(isStart(new Date(2024, 4, 1).getTime(), 'month')).toBe(true)
  expect(isStart(new Date(2024, 4, 1).getTime(), 'week')).toBe(false)
  expect(isStart(new Date(2024, 4, 1, 9, 30).getTime(), 'hour')).toBe(false)
})

test('of an interval that is cut it is told which part it is, of a whole one not', () => {
  expect(intervalWords(spans, 0, 'day')).toMatch(/, from .*40/)
  expect(intervalWords(spans, 1, 'day')).not.toMatch(/from|up to/)
  expect(intervalWords(spans, 2, 'day')).toMatch(/, up to .*05/)
})
