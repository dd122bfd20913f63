// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browserEnvironment } from './environment.ts'
import { createEventStore } from './event-store.ts'
import type { EventStore } from './event-store.ts'
import { DEFAULTS, parseOptions } from './options.ts'
import { eventId } from './random-id.ts'
import { createLocks } from './tab.fixture.ts'

const PREFIX = 'sj_q.k.'
const NOW = 1_717_055_063_243
const DAY_MS = 86_400_000

const storeOf = (options = {}, locks: LockManager | undefined = createLocks()) =>
  createEventStore(
    { ...browserEnvironment(), now: () => NOW, locks },
    PREFIX,
    parseOptions({ writeKey: 'k', endpoint: '/', ...options }, DEFAULTS),
  )
const textsOf = (store: EventStore) => store.waiting().map((event) => event.text)
const stored = () => Object.keys(localStorage).sort()

/** What a page that is gone left behind so long ago. */
function leave(agoMs: number, text: string, prefix = PREFIX): string {
  const key = prefix + eventId(NOW - agoMs, 1)
  localStorage.setItem(key, text)
  return key
}

beforeEach(() => localStorage.clear())
afterEach(() => void vi.restoreAllMocks())

describe('what waits', () => {
  test('is stored at the end of the task, each under its id, and goes when it is acknowledged', async () => {
    const store = storeOf()
    store.add('id-1', '{"a":1}')
    store.add('id-2', '{"b":2}')
    expect(stored()).toEqual([])
    await Promise.resolve()
    expect(stored()).toEqual([`${PREFIX}id-1`, `${PREFIX}id-2`])
    store.remove(store.waiting().slice(0, 1))
    expect(stored()).toEqual([`${PREFIX}id-2`])
    expect(textsOf(store)).toEqual(['{"b":2}'])
    store.clear()
    expect(stored()).toEqual([])
  })

  test('makes room, by count and by bytes; the oldest go first, and are counted', () => {
    const store = storeOf({ maxStoredEvents: 2, maxStoredBytes: 10 })
    for (const text of ['1', '2', '3']) store.add(text, text)
    expect(textsOf(store)).toEqual(['2', '3'])
    store.save()
    store.add('4', '€€€')
    store.add('5', '€€')
    expect(textsOf(store)).toEqual(['€€'])
    expect(store.lost).toBe(4)
    expect(stored()).toEqual([])
  })

  test('is at most 32 KiB an event', () => {
    const store = storeOf()
    expect(store.add('1', 'é'.repeat(16 * 1024 + 1))).toBe(false)
    expect(store.add('2', 'é'.repeat(16 * 1024))).toBe(true)
    expect(store.lost).toBe(1)
    expect(store.waiting()).toHaveLength(1)
  })

  test('is corrected, in memory, in storage, and as it comes', async () => {
    const store = storeOf()
    store.add('1', '{"visitorId":"one","session":"one"}')
    store.save()
    store.replace('one', 'two')
    store.add('2', '{"visitorId":"one"}')
    expect(textsOf(store)).toEqual(['{"visitorId":"two","session":"two"}', '{"visitorId":"two"}'])
    await Promise.resolve()
    expect(localStorage.getItem(`${PREFIX}1`)).toBe('{"visitorId":"two","session":"two"}')
  })

  test('is in memory when storage is full', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    const store = storeOf()
    store.add('1', '{"a":1}')
    store.save()
    expect(textsOf(store)).toEqual(['{"a":1}'])
  })

  test('is not what another page has sent, or is on its way', () => {
    const store = storeOf()
    for (const id of ['1', '2', '3']) store.add(id, id)
    store.save()
    localStorage.removeItem(`${PREFIX}1`)
    store.waiting()[0]!.isSending = true
    expect(textsOf(store)).toEqual(['3'])
  })
})

describe('what a page that is gone has left', () => {
  test('is taken over, in the order in which it happened', () => {
    const store = storeOf()
    store.add(eventId(NOW, 1), 'own')
    leave(5_000, '{"id":"late"}')
    leave(60_000, '{"id":"early"}')
    store.adopt()
    expect(textsOf(store)).toEqual(['{"id":"early"}', '{"id":"late"}', 'own'])
    store.adopt()
    expect(textsOf(store)).toHaveLength(3)
    store.clear()
    expect(stored()).toEqual([])
  })

  test.each([
    ['with locks', createLocks(), 2_999, 3_000],
    ['without locks', undefined, 59_999, 60_000],
  ])('is left to its own page for a while, %s', (_, locks, youngMs, oldMs) => {
    leave(youngMs, '{"id":"young"}')
    leave(oldMs, '{"id":"old"}')
    const store = createEventStore(
      { ...browserEnvironment(), now: () => NOW, locks },
      PREFIX,
      parseOptions({ writeKey: 'k', endpoint: '/' }, DEFAULTS),
    )
    expect(store.others().young).toHaveLength(1)
    store.adopt()
    expect(textsOf(store)).toEqual(['{"id":"old"}'])
  })

  test('is dropped after 30 days, and is not of another write key', () => {
    leave(31 * DAY_MS, '{"id":"ancient"}')
    leave(29 * DAY_MS, '{"id":"weeks"}')
    const other = leave(60_000, 'other', 'sj_q.other.')
    const store = storeOf()
    store.adopt()
    expect(textsOf(store)).toEqual(['{"id":"weeks"}'])
    expect(stored()).toContain(other)
    expect(stored()).toHaveLength(2)
  })

  test.each(['', '%', '0', '{"a":', '1.1.1', '[1]', 'x'.repeat(500)])('%j is none, and goes', (garbage) => {
    leave(60_000, garbage)
    const store = storeOf()
    store.adopt()
    expect(textsOf(store)).toEqual([])
    expect(stored()).toEqual([])
  })

  test('counts towards the bounds', () => {
    for (let n = 0; n < 5; n++) leave(60_000 - n, `{"id":${n + 1}}`)
    const store = storeOf({ maxStoredEvents: 2 })
    store.adopt()
    expect(textsOf(store)).toEqual(['{"id":4}', '{"id":5}'])
    expect(store.lost).toBe(3)
    expect(stored()).toHaveLength(2)
  })
})
