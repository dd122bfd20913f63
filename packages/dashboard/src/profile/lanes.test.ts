import type { SessionObject } from '@sojourn/protocol'
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { axisOf, axisTimes, laneBars } from './lanes.ts'

const NOON = Date.UTC(2024, 4, 30, 12)
const sessionAt = (start: number, duration: number): SessionObject =>
  ({ metadata: { time: { insert: new Date(start).toISOString(), duration } } }) as SessionObject

const spans = fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 4e11 }))

test('a session stands where its time is, and is as wide as it is long', () => {
  const [bar] = laneBars([sessionAt(NOON + 2_500, 5)], { fromMs: NOON, toMs: NOON + 10_000 })
  expect([bar!.left, bar!.width]).toEqual([0.25, 0.5])
})

test('what begins before the axis or ends after it is cut, and what lies outside is left out', () => {
  const axis = { fromMs: NOON, toMs: NOON + 10_000 }
  const bars = laneBars(
    [sessionAt(NOON - 5_000, 60), sessionAt(NOON - 9_000, 2), sessionAt(NOON + 11_000, 1)],
    axis,
  )
  expect(bars.map(({ left, width }) => [left, width])).toEqual([[0, 1]])
})

test.prop([spans])('an axis has room for all, and few round ticks within it', ([from, length]) => {
  const axis = axisOf(from, from + length)
  expect(axis.fromMs).toBeLessThan(from)
  expect(axis.toMs).toBeGreaterThan(from + length)
  const { times, stepMs } = axisTimes(axis, 0)
  expect(times.length).toBeLessThanOrEqual(7)
  for (const time of times) {
    expect(time).toBeGreaterThanOrEqual(axis.fromMs)
    expect(time).toBeLessThanOrEqual(axis.toMs)
    expect(Math.round(time / stepMs) * stepMs).toBeCloseTo(time, 0)
  }
})

test('days begin at the viewer’s midnight', () => {
  const { times } = axisTimes({ fromMs: NOON, toMs: NOON + 3 * 86_400_000 }, 2 * 3_600_000)
  expect(times.map((time) => new Date(time).getUTCHours())).toContain(22)
})
