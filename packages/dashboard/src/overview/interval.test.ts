import { expect, test } from 'vitest'
import { fittingInterval, intervalOf } from './interval.ts'

const DAY_MS = 86_400_000

test('cuts a short time fine and a long one coarse', () => {
  const now = 1_717_055_063_243
  expect([1, 7, 30, 90, 365, 2000].map((days) => fittingInterval(now - days * DAY_MS, now))).toEqual([
    'hour',
    'day',
    'day',
    'day',
    'week',
    'month',
  ])
  expect(fittingInterval(undefined, now)).toBe('week')
})

test('takes the word of the address, if it is one', () => {
  expect([intervalOf('month', 0, 1), intervalOf('year', 0, 1)]).toEqual(['month', 'hour'])
})
