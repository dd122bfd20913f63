// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { browserEnvironment } from './environment.ts'
import { createEventQueue } from './event-queue.ts'
import { DEFAULTS, parseOptions } from './options.ts'

const KEY = 'sj_q.pk_test.tab'
const env = { ...browserEnvironment(), now: () => 1_000 }
const queueOf = (options = {}) =>
  createEventQueue(env, KEY, parseOptions({ writeKey: 'k', endpoint: '/', ...options }, DEFAULTS))
const textsOf = ({ events }: ReturnType<typeof queueOf>) => events.map((event) => event.text)
const stored = () => localStorage.getItem(KEY)

beforeEach(() => localStorage.clear())
afterEach(() => void vi.restoreAllMocks())

test('a loop of events is stored once, at the end of the task', async () => {
  const save = vi.spyOn(Storage.prototype, 'setItem')
  const queue = queueOf()
  for (const text of ['{"a":1}', '{"b":2}']) queue.add(text)
  expect(stored()).toBeNull()
  await Promise.resolve()
  expect(stored()).toBe('1000\n{"a":1}\n{"b":2}')
  expect(save).toHaveBeenCalledTimes(1)
})

test('nothing is left in storage when all is acknowledged', async () => {
  const queue = queueOf()
  queue.add('{"a":1}')
  queue.add('{"b":2}')
  queue.remove(queue.events.slice(0, 1))
  await Promise.resolve()
  expect(stored()).toBe('1000\n{"b":2}')
  queue.remove(queue.events)
  await Promise.resolve()
  expect(stored()).toBeNull()
})

test('the oldest make room for the new, by count and by bytes, and are counted', () => {
  const queue = queueOf({ maxStoredEvents: 2, maxStoredBytes: 10 })
  for (const text of ['1', '2', '3']) queue.add(text)
  expect(textsOf(queue)).toEqual(['2', '3'])
  queue.add('€€€')
  expect(textsOf(queue)).toEqual(['3', '€€€'])
  queue.add('€€')
  expect(textsOf(queue)).toEqual(['€€'])
  expect(queue.lost).toBe(4)
})

test('an event over 32 KiB is lost alone', () => {
  const queue = queueOf()
  expect(queue.add('é'.repeat(16 * 1024 + 1))).toBe(false)
  expect(queue.add('é'.repeat(16 * 1024))).toBe(true)
  expect(queue.lost).toBe(1)
  expect(queue.events).toHaveLength(1)
})

test('an id is corrected in what waits and in what comes', () => {
  const queue = queueOf()
  queue.add('{"visitorId":"one","session":"one"}')
  queue.replace('one', 'two')
  queue.add('{"visitorId":"one"}')
  expect(textsOf(queue)).toEqual(['{"visitorId":"two","session":"two"}', '{"visitorId":"two"}'])
})

test('a full storage costs no event that memory holds', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const queue = queueOf()
  queue.add('{"a":1}')
  queue.store()
  expect(textsOf(queue)).toEqual(['{"a":1}'])
})

test('what another tab took over is not sent again', () => {
  const queue = queueOf()
  queue.add('{"a":1}')
  queue.store()
  localStorage.removeItem(KEY)
  queue.reload()
  expect(queue.events).toEqual([])
})
