import { expect, test } from 'vitest'
import { MAX_SEGMENTS, sourceRuns, toSegment } from './session-segments.ts'

test('each run of events from one source is a segment', () => {
  const events = [
    { time: 0, source: 'blog' },
    { time: 61_900, source: 'blog' },
    { time: 62_000, source: 'shop' },
    { time: 70_000, source: 'blog' },
  ]
  expect(sourceRuns(events)).toEqual([
    { source: 'blog', startAt: 0, endAt: 61_900, events: 2 },
    { source: 'shop', startAt: 62_000, endAt: 62_000, events: 1 },
    { source: 'blog', startAt: 70_000, endAt: 70_000, events: 1 },
  ])
  expect(sourceRuns([])).toEqual([])
})

test('two sources that take turns for ever do not fill the answer', () => {
  const events = Array.from({ length: 10_000 }, (_, time) => ({ time, source: time % 2 }))
  expect(sourceRuns(events)).toHaveLength(MAX_SEGMENTS)
})

test('a segment shows whole seconds', () => {
  const source = { name: 'Blog', type: 'marketing' }
  expect(toSegment({ source, startAt: 0, endAt: 61_900, events: 4 })).toEqual({
    source: 'Blog',
    type: 'marketing',
    start: '1970-01-01T00:00:00.000Z',
    duration: 61,
    events: 4,
  })
})
