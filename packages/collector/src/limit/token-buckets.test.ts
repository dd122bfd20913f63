import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { createTokenBuckets } from './token-buckets.ts'

const RULE = { perSecond: 10, burst: 100, maxCost: 500 }

function bucketsAt(start: number, maxKeys?: number) {
  let now = start
  return { buckets: createTokenBuckets(RULE, () => now, maxKeys), pass: (ms: number) => (now += ms) }
}

describe('a bucket', () => {
  test('takes its burst at once, then its rate', () => {
    const { buckets, pass } = bucketsAt(1_000)
    for (let i = 0; i < 100; i++) expect(buckets.take('a', 1)).toBe(0)
    expect(buckets.take('a', 1)).toBe(100)
    pass(99)
    expect(buckets.take('a', 1)).toBeGreaterThan(0)
    pass(1)
    expect(buckets.take('a', 1)).toBe(0)
    expect(buckets.take('a', 1)).toBe(100)
  })

  test('is full again after a rest, and not fuller', () => {
    const { buckets, pass } = bucketsAt(1_000)
    buckets.take('a', 100)
    pass(3_600_000)
    expect(buckets.take('a', 100)).toBe(0)
    expect(buckets.take('a', 1)).toBeGreaterThan(0)
  })

  test('lets a large batch through, which is paid off before the next', () => {
    const { buckets, pass } = bucketsAt(1_000)
    expect(buckets.take('a', 500)).toBe(0)
    expect(buckets.take('a', 1)).toBe(40_100)
    pass(40_000)
    expect(buckets.take('a', 1)).toBeGreaterThan(0)
    pass(100)
    expect(buckets.take('a', 1)).toBe(0)
  })

  test('counts what is charged unasked', () => {
    const { buckets } = bucketsAt(1_000)
    buckets.charge('a', 100)
    expect(buckets.take('a', 1)).toBeGreaterThan(0)
  })

  test('is not shut for hours by a clock that is set back', () => {
    const { buckets, pass } = bucketsAt(10_000_000)
    buckets.take('a', 500)
    pass(-7_200_000)
    expect(buckets.take('a', 1)).toBe(50_100)
    pass(50_100)
    expect(buckets.take('a', 1)).toBe(0)
  })

  test('is never used up by another', () => {
    const { buckets } = bucketsAt(1_000)
    for (let i = 0; i < 10_000; i++) buckets.take('noisy', 500)
    expect(buckets.take('quiet', 1)).toBe(0)
  })
})

test('a flood of keys is not remembered, and a spent bucket in it is while it is heard of', () => {
  const { buckets, pass } = bucketsAt(1_000, 1_000)
  buckets.take('noisy', 500)
  buckets.take('silent', 500)
  for (let i = 0; i < 20_000; i++) {
    buckets.take(`key ${i}`, 1)
    if (i % 500 === 0) buckets.charge('noisy', 1)
  }
  expect(buckets.take('noisy', 1)).toBeGreaterThan(0)
  expect(buckets.take('silent', 1)).toBe(0)
  pass(3_600_000)
  expect(buckets.take('noisy', 1)).toBe(0)
})

propertyTest.prop([
  fc.array(fc.record({ pause: fc.nat({ max: 5_000 }), cost: fc.integer({ min: 1, max: 500 }) }), {
    maxLength: 200,
  }),
])('over any time no more passes than the burst, the rate and one batch', (asks) => {
  const { buckets, pass } = bucketsAt(1_000)
  let elapsed = 0
  let passed = 0
  for (const { pause, cost } of asks) {
    pass(pause)
    elapsed += pause
    if (buckets.take('a', cost) === 0) passed += cost
  }
  expect(passed).toBeLessThanOrEqual(RULE.burst + (elapsed / 1_000) * RULE.perSecond + RULE.maxCost)
})
