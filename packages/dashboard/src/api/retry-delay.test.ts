import { expect, test } from 'vitest'
import { problemOf } from './problem.ts'
import { retryDelay } from './retry-delay.ts'

test('what passes by itself is asked for again, soonest where sessions are being told', () => {
  const telling = retryDelay(problemOf(503, { reason: 'still_telling' }))!
  const busy = retryDelay(problemOf(503))!
  expect(telling).toBeLessThan(busy)
  expect(retryDelay(problemOf(429))).toBe(busy)
  expect(retryDelay(problemOf(undefined))).toBe(busy)
})

test('what would be answered alike waits for the viewer', () => {
  for (const status of [400, 401, 404, 500])
    expect(retryDelay(problemOf(status)), `${status}`).toBeUndefined()
  expect(retryDelay(undefined)).toBeUndefined()
})
