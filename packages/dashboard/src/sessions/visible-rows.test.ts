import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { MAX_CONTENT_PX, visibleRows } from './visible-rows.ts'

const view = fc.record({
  count: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 400_000, max: 2_000_000 })),
  rowPx: fc.integer({ min: 20, max: 60 }),
  viewPx: fc.integer({ min: 50, max: 3000 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
})

const scrolled = (count: number, rowPx: number, viewPx: number, share: number): number =>
  Math.max(0, Math.min(count * rowPx, MAX_CONTENT_PX) - viewPx) * share

test.prop([view])('the rows cover the view, wherever it is scrolled', ({ count, rowPx, viewPx, share }) => {
  const scrollTop = scrolled(count, rowPx, viewPx, share)
  const { first, last, abovePx } = visibleRows({ count, rowPx, viewPx, scrollTop })
  expect(abovePx).toBeLessThanOrEqual(scrollTop + 0.001)
  const bottom = abovePx + (last - first) * rowPx
  expect(bottom).toBeGreaterThanOrEqual(Math.min(scrollTop + viewPx, count * rowPx) - 0.001)
  expect(last - first).toBeLessThanOrEqual(Math.ceil(viewPx / rowPx) + 22)
})

test.prop([view])('the first and the last row can be reached', ({ count, rowPx, viewPx }) => {
  expect(visibleRows({ count, rowPx, viewPx, scrollTop: 0 }).first).toBe(0)
  expect(visibleRows({ count, rowPx, viewPx, scrollTop: scrolled(count, rowPx, viewPx, 1) }).last).toBe(count)
})

test.prop([view])('the whole is never taller than browsers can draw', ({ count, rowPx, viewPx, share }) => {
  const scrollTop = scrolled(count, rowPx, viewPx, share)
  const { first, last, abovePx, belowPx } = visibleRows({ count, rowPx, viewPx, scrollTop })
  const height = abovePx + (last - first) * rowPx + belowPx
  expect(height).toBeLessThanOrEqual(MAX_CONTENT_PX + viewPx + 25 * rowPx)
  if (count * rowPx <= MAX_CONTENT_PX) expect(height).toBeCloseTo(count * rowPx, 3)
})
