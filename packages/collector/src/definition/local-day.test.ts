import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { createLocalDay, isTimeZone } from './local-day.ts'

const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/Paris',
  'Asia/Kolkata',
  'America/St_Johns',
  'Pacific/Apia',
  'Australia/Lord_Howe',
]
const time = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2035, 0, 1) })

describe('createLocalDay', () => {
  test.prop([fc.constantFrom(...ZONES), fc.array(time, { maxLength: 20 })], { numRuns: 300 })(
    'numbers the date that the calendar there shows, in any order of asking',
    (zone, times) => {
      const localDay = createLocalDay(zone)
      const shown = new Intl.DateTimeFormat('en-CA', { timeZone: zone })
      for (const each of times)
        expect(new Date(localDay(each) * 86_400_000).toISOString().slice(0, 10)).toBe(shown.format(each))
    },
  )

  test('is exact to the millisecond where clocks change', () => {
    // In Newfoundland clocks went from 00:01 back to 23:01 of the day before, on 2 November 2008 at 02:31 UTC.
    const localDay = createLocalDay('America/St_Johns')
    const back = Date.UTC(2008, 10, 2, 2, 31)
    const second = Date.UTC(2008, 10, 2) / 86_400_000
    expect([back - 60_001, back - 60_000, back - 1, back].map((each) => localDay(each) - second)).toEqual([
      -1, 0, 0, -1,
    ])
  })

  test('follows a day that a zone skipped', () => {
    // Samoa had no 30 December 2011.
    const localDay = createLocalDay('Pacific/Apia')
    const change = Date.UTC(2011, 11, 30, 10)
    expect(localDay(change) - localDay(change - 1)).toBe(2)
  })
})

test.each(['America/New_York', 'UTC', 'Asia/Kolkata'])('%s is a time zone', (zone) => {
  expect(isTimeZone(zone)).toBe(true)
})

test.each([
  'Mars/Olympus',
  '',
  '+02:00',
  '__proto__',
  'America/New_York ',
  'Europe',
  5,
  null,
  undefined,
  {},
  ['UTC'],
])('%j is no time zone', (value) => {
  expect(isTimeZone(value)).toBe(false)
})
