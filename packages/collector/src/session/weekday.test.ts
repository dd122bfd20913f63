import { expect, test } from 'vitest'
import { weekday } from './weekday.ts'

const THURSDAY_2330_UTC = Date.UTC(2024, 4, 30, 23, 30)

test('the day is that of the zone', () => {
  expect(weekday(THURSDAY_2330_UTC, 'UTC')).toBe(4)
  expect(weekday(THURSDAY_2330_UTC, 'Europe/Paris')).toBe(5)
  expect(weekday(THURSDAY_2330_UTC, 'America/New_York')).toBe(4)
})

test('Sunday is 0, Saturday is 6', () => {
  expect(weekday(Date.UTC(2024, 5, 2), 'UTC')).toBe(0)
  expect(weekday(Date.UTC(2024, 5, 1), 'UTC')).toBe(6)
})

test('an unknown zone, or none, is UTC', () => {
  for (const zone of [undefined, 'Mars/Olympus', '__proto__', '', 'x'.repeat(64)])
    expect(weekday(THURSDAY_2330_UTC, zone)).toBe(4)
})

test('thousands of made-up zones do no harm', () => {
  for (let i = 0; i < 3000; i++) weekday(THURSDAY_2330_UTC, `Nowhere/${i}`)
  expect(weekday(THURSDAY_2330_UTC, 'Europe/Paris')).toBe(5)
})
