import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { compareCodePoints, compareEvents } from './event-order.ts'

const UUID = '018fc8a2-7d4b-7c3e-9b1f-2f6f0c1d2e3f'

propertyTest.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })])(
  'texts go by code point, as their UTF-8 does',
  (a, b) => {
    expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
  },
)

test('a character beyond the basic plane comes after all others', () => {
  expect(compareCodePoints('\u{1F600}', '\uFFFD')).toBeGreaterThan(0)
  expect('\u{1F600}' < '\uFFFD').toBe(true)
})

test('time comes first, then ids that are no UUIDs, then UUIDs', () => {
  const events = [
    { time: 2, id: 'a' },
    { time: 1, id: UUID },
    { time: 1, id: 'z' },
    { time: 1, id: UUID.toUpperCase() },
  ]
  expect(events.sort(compareEvents).map(({ time, id }) => [time, id])).toEqual([
    [1, UUID.toUpperCase()],
    [1, 'z'],
    [1, UUID],
    [2, 'a'],
  ])
})
