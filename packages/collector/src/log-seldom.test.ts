import { expect, test } from 'vitest'
import { startTestService } from './service.fixture.ts'
import { StoreUnavailable } from './store/store.ts'
import { createSeldom } from './log-seldom.ts'

test('what happens all the time is told every ten seconds, with how often it happened in between', () => {
  let now = 0
  const seldom = createSeldom(() => now)
  expect([seldom(), seldom(), seldom()]).toEqual([0, undefined, undefined])
  now = 9_999
  expect(seldom()).toBeUndefined()
  now = 10_000
  expect([seldom(), seldom()]).toEqual([3, undefined])
})

test('a storage that refuses to write fills no log', async () => {
  const service = await startTestService()
  Object.assign(service.collector.store, { commit: () => Promise.reject(new StoreUnavailable('disk full')) })
  for (let i = 0; i < 30; i++) {
    const event = { id: `e${i}`, type: 'page', time: Date.now(), visitorId: 'v1' }
    const answer = await service.send({ writeKey: 'pk_test', sentAt: Date.now(), events: [event] })
    expect(answer.status).toBe(503)
  }
  expect(service.logged().match(/refuses to write/g)).toHaveLength(1)
})
