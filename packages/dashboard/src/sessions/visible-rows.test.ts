import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { MAX_CONTENT_PX, contentPx, moveTo, offsetAt, scrollTopAt } from './scroll-scale.ts'
import { visibleRows } from './visible-rows.ts'

const size = fc.record({
  count: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 400_000, max: 2_000_000 })),
  rowPx: fc.integer({ min: 20, max: 60 }),
  viewPx: fc.integer({ min: 50, max: 3000 }),
})
const share = fc.double({ min: 0, max: 1, noNaN: true })

/** The place that a share of the scroll bar leads to. */
const placeAt = (of: number, list: { count: number; rowPx: number; viewPx: number }) => {
  const scrollTop = Math.max(0, contentPx(list) - list.viewPx) * of
  return { scrollTop, offsetPx: offsetAt(scrollTop, list) }
}

test.prop([size, share])('the rows cover the view, wherever it is scrolled', (list, of) => {
  const place = placeAt(of, list)
  const { first, last, abovePx } = visibleRows(place, list)
  expect(abovePx).toBeLessThanOrEqual(place.scrollTop + 0.001)
  const bottom = abovePx + (last - first) * list.rowPx
  expect(bottom).toBeGreaterThanOrEqual(
    Math.min(place.scrollTop + list.viewPx, list.count * list.rowPx) - 0.001,
  )
  expect(last - first).toBeLessThanOrEqual(Math.ceil(list.viewPx / list.rowPx) + 22)
})

test.prop([size])('the first and the last row can be reached', (list) => {
  expect(visibleRows(placeAt(0, list), list).first).toBe(0)
  expect(visibleRows(placeAt(1, list), list).last).toBe(list.count)
})

test.prop([size, share])('the whole is never taller than browsers can draw', (list, of) => {
  const { first, last, abovePx, belowPx } = visibleRows(placeAt(of, list), list)
  const height = abovePx + (last - first) * list.rowPx + belowPx
  expect(height).toBeLessThanOrEqual(MAX_CONTENT_PX + list.viewPx + 25 * list.rowPx)
  if (list.count * list.rowPx <= MAX_CONTENT_PX) expect(height).toBeCloseTo(list.count * list.rowPx, 3)
})

test.prop([size, share])(
  'the scroll bar belongs where it leads to, further down for later rows',
  (list, of) => {
    const { scrollTop, offsetPx } = placeAt(of, list)
    expect(scrollTopAt(offsetPx, list)).toBeCloseTo(scrollTop, 3)
    expect(offsetPx).toBeGreaterThanOrEqual(placeAt(of * 0.999, list).offsetPx)
  },
)

test.prop([size, share, fc.integer({ min: -900, max: 900 })])(
  'a wheel moves the rows as far as it says, however long the list is',
  (list, of, delta) => {
    const place = placeAt(of, list)
    const scrollTop = place.scrollTop + Math.max(-list.viewPx, Math.min(list.viewPx, delta))
    fc.pre(scrollTop > 0 && scrollTop < contentPx(list) - list.viewPx - 1)
    const moved = moveTo(scrollTop, place, list)
    fc.pre(moved.offsetPx > 0 && moved.offsetPx < list.count * list.rowPx - list.viewPx)
    expect(moved.offsetPx - place.offsetPx).toBeCloseTo(scrollTop - place.scrollTop, 3)
  },
)

test.prop([size, share, share])('a drag leads to the same rows, wherever it comes from', (list, from, to) => {
  const { scrollTop, offsetPx } = placeAt(to, list)
  const before = placeAt(from, list)
  fc.pre(Math.abs(before.scrollTop - scrollTop) > 2 * list.viewPx)
  expect(moveTo(scrollTop, before, list).offsetPx).toBe(offsetPx)
})
