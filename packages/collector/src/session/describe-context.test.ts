import { MAX_TIMEOUT_MS, MIN_TIMEOUT_MS } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { describeContext } from './describe-context.ts'

test('a context that tells nothing has no description', () => {
  expect(describeContext({ sender: {} })).toEqual({})
})

test('a sender without a browser still has a name', () => {
  const { app, device } = describeContext({ sender: { app: { name: 'billing', version: '2.0' } } })
  expect(app).toEqual({ type: 'server', name: 'billing', version: '2.0', bot: false })
  expect(device).toBeUndefined()
})

test("a sender's timeout counts within the bounds that the SDK keeps", () => {
  const timeout = (timeoutMs: number) => describeContext({ sender: { sdk: { timeoutMs } } }).timeoutMs
  for (const good of [MIN_TIMEOUT_MS, 90_000, MAX_TIMEOUT_MS]) expect(timeout(good)).toBe(good)
  for (const bad of [0, MIN_TIMEOUT_MS - 1, MAX_TIMEOUT_MS + 1, 1e300]) expect(timeout(bad)).toBeUndefined()
})

test('the same context is described once', () => {
  const context = { sender: { locale: 'fr' }, ip: '203.0.113.0' }
  expect(describeContext(context)).toBe(describeContext(context))
})
