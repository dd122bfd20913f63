import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { createHistogram, quantile } from './histogram.ts'

const BOUNDS = [0.001, 0.01, 0.1, 1]

test('a value on a bound belongs below it, and one above all bounds is counted', () => {
  const histogram = createHistogram(BOUNDS)
  for (const value of [0, 0.001, 0.0011, 1, 5]) histogram.observe(value)
  expect(histogram.read()).toEqual({ bounds: BOUNDS, counts: [2, 1, 0, 1, 1], count: 5, sum: 6.0021 })
  expect(quantile(histogram.read(), 1)).toBe(1)
})

test('nothing seen, nothing said', () => {
  expect(quantile(createHistogram(BOUNDS).read(), 0.5)).toBeUndefined()
})

propertyTest.prop([
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 }),
  fc.constantFrom(0.5, 0.9, 0.99),
])('a quantile lies between the same bounds as the true one', (values, share) => {
  const histogram = createHistogram(BOUNDS)
  for (const value of values) histogram.observe(value)
  const sorted = values.sort((a, b) => a - b)
  const exact = sorted[Math.ceil(share * sorted.length) - 1]!
  const told = quantile(histogram.read(), share)!
  const upper = BOUNDS.find((bound) => exact <= bound)!
  const lower = BOUNDS[BOUNDS.indexOf(upper) - 1] ?? 0
  expect(told).toBeGreaterThanOrEqual(lower)
  expect(told).toBeLessThanOrEqual(upper)
})
