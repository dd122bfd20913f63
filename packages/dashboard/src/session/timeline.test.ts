import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { StoredEvent } from '../api/event.ts'
import { axisTicks, timelineOf } from './timeline.ts'

const at = (seconds: number, passive = false): StoredEvent =>
  ({
    id: `e${seconds}`,
    type: 'page',
    name: 'page_view',
    passive,
    correctedTime: seconds * 1000,
  }) as StoredEvent

test('places events to scale', () => {
  expect(timelineOf([at(100), at(150), at(200)]).map((entry) => entry.at)).toEqual([0, 0.5, 1])
})

test('measures pauses between activity: a passive event neither has one nor ends one', () => {
  expect(timelineOf([at(0), at(40, true), at(100), at(110)]).map((entry) => entry.gapMs)).toEqual([
    0, 0, 100_000, 10_000,
  ])
})

test('has a place for events at the same instant, and for none', () => {
  expect(timelineOf([at(5), at(5)]).map((entry) => entry.at)).toEqual([0.5, 0.5])
  expect(timelineOf([])).toEqual([])
})

test.prop([fc.integer({ min: 0, max: 400 * 86_400_000 })])(
  'an axis has few, even ticks, all inside',
  (spanMs) => {
    const ticks = axisTicks(spanMs)
    expect(ticks[0]).toBe(0)
    expect(ticks.length).toBeLessThanOrEqual(7)
    expect(ticks.at(-1)).toBeLessThanOrEqual(spanMs)
    const steps = new Set(ticks.slice(1).map((tick, index) => tick - ticks[index]!))
    expect(steps.size).toBeLessThanOrEqual(1)
  },
)
