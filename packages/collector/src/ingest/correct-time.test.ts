import { fc, test as propertyTest } from '@fast-check/vitest'
import { clockOffset } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { correctTime } from './correct-time.ts'

const NOW = Date.UTC(2024, 4, 30, 8)
const HOUR_MS = 3_600_000

function clocks(sentAt: number, receivedAt: number) {
  return { sentAt, receivedAt, clockOffsetMs: clockOffset(sentAt, receivedAt) }
}

const anyClocks = fc
  .record({
    receivedAt: fc.integer({ min: NOW - HOUR_MS, max: NOW + HOUR_MS }),
    wrongBy: fc.oneof(
      fc.integer({ min: -120_000, max: 120_000 }),
      fc.integer({ min: -1e11, max: 1e11 }),
      fc.constantFrom(-60_001, -60_000, 0, 60_000, 60_001),
    ),
  })
  .map(({ receivedAt, wrongBy }) => clocks(receivedAt - wrongBy, receivedAt))
const ages = fc.array(fc.integer({ min: 0, max: 30 * 24 * HOUR_MS }), { minLength: 2 })

test.each([
  ['delivery took a minute', clocks(NOW, NOW + 60_000), NOW - 5_000, NOW - 5_000],
  ['a clock two hours behind', clocks(NOW - 2 * HOUR_MS, NOW), NOW - 2 * HOUR_MS - 5_000, NOW - 5_000],
  ['a clock two hours ahead', clocks(NOW + 2 * HOUR_MS, NOW), NOW + 2 * HOUR_MS - 5_000, NOW - 5_000],
  ['it waited a week offline', clocks(NOW, NOW + 100), NOW - 168 * HOUR_MS, NOW - 168 * HOUR_MS],
  ['the clock was set back before sending', clocks(NOW, NOW + 100), NOW + HOUR_MS, NOW + 100],
  ['… and is still wrong', clocks(NOW - 3 * HOUR_MS, NOW), NOW - 2 * HOUR_MS, NOW],
])('%s', (_, batch, time, corrected) => {
  expect(correctTime(time, batch)).toBe(corrected)
})

propertyTest.prop([anyClocks, ages])('order and pauses within a batch stay as they were', (batch, agesMs) => {
  const times = agesMs.map((age) => batch.sentAt - age)
  const corrected = times.map((time) => correctTime(time, batch))
  for (const [index, time] of times.entries())
    expect(corrected[index]! - corrected[0]!).toBe(time - times[0]!)
})

propertyTest.prop([anyClocks, fc.integer({ min: -1e9, max: 1e9 })])(
  'no event lies in the future, beyond what counts as delivery',
  (batch, ageMs) => {
    expect(correctTime(batch.sentAt - ageMs, batch)).toBeLessThanOrEqual(batch.receivedAt + 60_000)
  },
)

propertyTest.prop([anyClocks])(
  'an event that happens as it is sent happened within a minute of its arrival',
  (batch) => {
    expect(Math.abs(correctTime(batch.sentAt, batch) - batch.receivedAt)).toBeLessThanOrEqual(60_000)
  },
)
