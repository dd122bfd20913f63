import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { durationText, parseDuration, shortDuration } from './duration.ts'

test('tells the two largest units', () => {
  expect([0, 59, 60, 406, 3600, 3905, 86_399, 86_400, 183_600].map(durationText)).toEqual([
    '0s',
    '59s',
    '1m 00s',
    '6m 46s',
    '1h 00m',
    '1h 05m',
    '23h 59m',
    '1d 0h',
    '2d 3h',
  ])
})

test('leaves out an empty second unit where space is short', () => {
  expect([1_500, 30_000, 1_800_000, 5_400_000, 86_400_000].map(shortDuration)).toEqual([
    '1.5s',
    '30s',
    '30m',
    '1h 30m',
    '1d',
  ])
})

test.each([
  ['90', 90],
  ['90s', 90],
  ['1.5m', 90],
  ['2h', 7200],
  ['1h 30m', 5400],
  ['1H30M', 5400],
  [' 2d ', 172_800],
])('reads %j as %d seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds)
})

test.each(['', ' ', 'm', '5x', '-5m', '5m!', '1e3', '٣m'])('does not read %j', (text) => {
  expect(parseDuration(text)).toBeUndefined()
})

test('does not take long over a long wrong text', () => {
  const start = performance.now()
  expect(parseDuration(`${'1'.repeat(50_000)}x`)).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(500)
})

test.prop([fc.integer({ min: 0, max: 59 }), fc.integer({ min: 1, max: 23 })])(
  'reads back what it told',
  (minutes, hours) => {
    const seconds = hours * 3600 + minutes * 60
    expect(parseDuration(durationText(seconds))).toBe(seconds)
  },
)
