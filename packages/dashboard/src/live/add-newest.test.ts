import { expect, test } from 'vitest'
import type { StoredEvent } from '../api/event.ts'
import { MAX_LIVE_EVENTS, addNewest } from './add-newest.ts'

const event = (id: string, time: number): StoredEvent => ({ id, correctedTime: time }) as StoredEvent
const ids = (events: readonly StoredEvent[]): readonly string[] => events.map(({ id }) => id)

test('shows each event once, newest first', () => {
  const before = addNewest([], [event('b', 2), event('a', 1)])
  expect(ids(addNewest(before, [event('c', 3), event('b', 2)]))).toEqual(['c', 'b', 'a'])
})

test('puts a late event in its place', () => {
  expect(ids(addNewest([event('c', 3), event('a', 1)], [event('b', 2)]))).toEqual(['c', 'b', 'a'])
})

test('is the same list where nothing is new, so that nothing is drawn again', () => {
  const before = [event('a', 1)]
  expect(addNewest(before, [event('a', 1)])).toBe(before)
})

test('holds no more than it may', () => {
  const many = Array.from({ length: MAX_LIVE_EVENTS + 50 }, (_, time) => event(`e${time}`, time))
  const held = addNewest([], many)
  expect([held.length, held[0]?.id]).toEqual([MAX_LIVE_EVENTS, `e${MAX_LIVE_EVENTS + 49}`])
})
