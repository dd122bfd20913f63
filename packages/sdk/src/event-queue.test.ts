// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { leavePage, openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const DAY_MS = 86_400_000
const PREFIX = 'sj_q.pk_test.'

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})
afterEach(() => void vi.restoreAllMocks())

const stored = () => Object.keys(localStorage).filter((key) => key.startsWith('sj_q.'))
const names = () => browser.sent().map(({ name }) => name)
const gone = new TypeError('no network')

/** A tab whose visitor all tabs know, and from which nothing waits. */
async function openSettled(options = {}) {
  const tab = browser.open(options)
  tab.track('first')
  await browser.pass(2_000)
  browser.requests.length = 0
  return tab
}

/** What a page that is gone has left behind so long ago: an event of that age. */
function leave(agoMs: number, name: string, eventAgeMs = agoMs, prefix = PREFIX): string {
  const key = `${prefix}${Date.now() - agoMs}-8000-00000000000${name.length}${name}`
  const text = JSON.stringify({
    id: name,
    type: 'track',
    name,
    time: Date.now() - eventAgeMs,
    visitorId: 'v',
  })
  localStorage.setItem(key, text)
  return key
}

describe('what waits', () => {
  test('is stored in the next task, each event under a key of its own, and goes when it is acknowledged', async () => {
    const tab = await openSettled()
    tab.track('one')
    tab.track('two')
    await Promise.resolve()
    expect(stored()).toEqual([])
    await browser.pass(0)
    expect(stored()).toHaveLength(2)
    await browser.pass(1_000)
    expect(names()).toEqual(['one', 'two'])
    expect(stored()).toEqual([])
  })

  test('is stored before the page is left, and before it is sent', async () => {
    const tab = await openSettled()
    browser.answers = [gone]
    const seen: number[] = []
    const { fetch } = browser
    browser.fetch = (...request) => {
      seen.push(stored().length)
      return fetch(...request)
    }
    tab.track('one')
    leavePage()
    expect(stored()).toHaveLength(1)
    tab.track('two')
    void tab.flush()
    await browser.pass(0)
    expect(seen[0]).toBe(1)
    expect(stored()).toHaveLength(2)
  })

  test('has an id of its own also where the clock stands still', async () => {
    const tab = await openSettled({ maxStoredEvents: 5_000, batchSize: 500 })
    for (let n = 0; n < 2_500; n++) tab.track('same_millisecond')
    await browser.pass(5_000)
    const ids = browser.sent().map(({ id }) => id)
    expect(new Set(ids).size).toBe(2_500)
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })

  test('makes room, by count and by bytes; the oldest go first, and are counted', async () => {
    const tab = await openSettled({ maxStoredEvents: 3, maxStoredBytes: 2_000 })
    for (const name of ['one', 'two', 'three', 'four']) tab.track(name)
    await browser.pass(0)
    expect(stored()).toHaveLength(3)
    tab.track('bulky', { filling: '€'.repeat(450) })
    await browser.pass(1_000)
    expect(names()).toEqual(['bulky'])
    expect(browser.requests[0]!.batch.context!.dropped).toBe(4)
    expect(stored()).toEqual([])
  })

  test('is at most 32 KiB an event, counted in bytes', async () => {
    const tab = await openSettled()
    tab.track('larger', { filling: '€'.repeat(11_000) })
    tab.track('large', { filling: 'x'.repeat(32_000) })
    await browser.pass(1_000)
    expect(names()).toEqual(['large'])
  })

  test('is in memory when storage is full', async () => {
    const tab = await openSettled()
    for (let size = 4_999_000; size > 1; size >>= 1)
      for (let n = 0; n < 3; n++)
        try {
          localStorage.setItem(`filling-${size}-${n}`, 'x'.repeat(size))
        } catch {
          // Full for this size.
        }
    tab.track('squeezed')
    expect(stored()).toEqual([])
    await browser.pass(1_000)
    expect(names()).toEqual(['squeezed'])
  })

  test('is not what another page has sent, nor what it may still send', async () => {
    const tab = await openSettled()
    tab.track('one')
    tab.track('two')
    await browser.pass(0)
    localStorage.removeItem(stored()[0]!)
    leave(1_000, 'of_another')
    await browser.pass(1_000)
    expect(names()).toEqual(['two'])
  })
})

describe('what a page that is gone has left', () => {
  test('is taken over after three seconds, in the order in which it happened', async () => {
    await openSettled()
    leave(2_999, 'late')
    leave(60_000, 'early')
    await browser.open().flush()
    expect(names()).toEqual(['early'])
    await browser.pass(3_000)
    expect(names()).toEqual(['early', 'late'])
    expect(stored()).toEqual([])
  })

  test('is one page’s alone, as soon as that has taken it', async () => {
    await openSettled()
    browser.answers = [gone]
    leave(60_000, 'left')
    const one = browser.open()
    await Promise.resolve()
    expect(stored()).toHaveLength(1)
    const other = browser.open()
    await browser.pass(100)
    browser.answers = [new Response('{}')]
    browser.requests.length = 0
    await Promise.all([other.flush(), one.flush()])
    expect(names()).toEqual([])
    await browser.pass(3_000)
    expect(names()).toEqual(['left'])
  })

  test('does not let new events wait for it', async () => {
    await openSettled()
    leave(100, 'young')
    browser.open().track('new')
    await browser.pass(1_000)
    expect(names()).toEqual(['new'])
  })

  test('is dropped after 30 days, and is not of another write key', async () => {
    await openSettled()
    leave(60_000, 'ancient', 31 * DAY_MS)
    leave(60_000, 'weeks', 29 * DAY_MS)
    const other = leave(60_000, 'other', 60_000, 'sj_q.other.')
    await browser.open().flush()
    expect(names()).toEqual(['weeks'])
    expect(stored()).toEqual([other])
  })

  test.each(['', '%', '0', '{"a":', '1.1.1', '[1]', 'null', 'x'.repeat(500)])(
    '%j is none, and goes',
    async (garbage) => {
      await openSettled()
      localStorage.setItem(leave(60_000, 'garbage'), garbage)
      await browser.open().flush()
      expect(names()).toEqual([])
      expect(stored()).toEqual([])
    },
  )

  test('counts towards the bounds', async () => {
    await openSettled()
    for (let n = 1; n <= 5; n++) leave(60_000 - n, `left_${n}`)
    await browser.open({ maxStoredEvents: 2 }).flush()
    expect(names()).toEqual(['left_4', 'left_5'])
    expect(browser.requests[0]!.batch.context!.dropped).toBe(3)
    expect(stored()).toEqual([])
  })
})
