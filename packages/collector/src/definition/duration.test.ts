import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { formatDuration, parseDuration } from './duration.ts'

test.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['6h', 21_600_000],
  ['2d', 172_800_000],
  ['1500ms', 1_500],
  [1_800_000, 1_800_000],
  ['0s', 0],
])('%s is %i ms', (written, durationMs) => {
  expect(parseDuration(written)).toBe(durationMs)
})

test.each([
  '30',
  '30 m',
  ' 30m',
  '30m\n',
  '1.5h',
  '-30m',
  'm',
  '',
  '30M',
  '1e3s',
  '9999999999999999d',
  '999999999999999d',
  NaN,
  Infinity,
  -1,
  1.5,
  null,
  undefined,
  {},
  ['30m'],
  true,
])('%s is no duration', (value) => {
  expect(parseDuration(value)).toBeUndefined()
})

test.prop([fc.nat({ max: 400 * 86_400_000 })])('what is written reads back', (durationMs) => {
  expect(parseDuration(formatDuration(durationMs))).toBe(durationMs)
})

test('writes the largest whole unit', () => {
  expect([90_000, 1_800_000, 172_800_000, 1_500].map(formatDuration)).toEqual(['90s', '30m', '2d', 1_500])
})
