import { expect, test } from 'vitest'
import { clockOffset, parseBatch } from './parse-batch.ts'

const NOW = 1_717_055_063_243

test.each([
  [0, 0],
  [60_000, 0],
  [-60_000, 0],
  [60_001, 60_001],
  [-60_001, -60_001],
])('a difference of %d ms between the clocks is an offset of %d', (difference, offset) => {
  expect(clockOffset(NOW - difference, NOW)).toBe(offset)
})

test('a sender whose clock stands in 1970 is heard all the same', () => {
  const event = { id: 'e1', type: 'page', time: 5_000, visitorId: 'v1' }
  const result = parseBatch({ writeKey: 'pk_demo', sentAt: 6_000, events: [event] }, { receivedAt: NOW })
  expect(result).toMatchObject({
    ok: true,
    clockOffsetMs: NOW - 6_000,
    events: [{ event: { time: 5_000 } }],
  })
})
