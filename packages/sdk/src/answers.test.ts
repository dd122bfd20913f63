// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answerOf, openBrowser, openSettled, showPage } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const MINUTE_MS = 60_000
const names = (browser: TestBrowser) => browser.sent().map((event) => event.name)

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})
afterEach(() => vi.unstubAllGlobals())

describe('what the answer means', () => {
  test('200: what was sent is gone, and nothing else', async () => {
    const tab = await openSettled(browser)
    tab.track('one')
    await browser.pass(1_000)
    expect(Object.keys(localStorage)).toEqual([])
    tab.track('two')
    await browser.pass(1_000)
    expect(browser.batches()).toEqual([['one'], ['two']])
  })

  test.each([400, 413])(
    '%i: halves, until the offender stands alone and is dropped and counted',
    async (code) => {
      const tab = await openSettled(browser, { batchDelay: MINUTE_MS })
      const good = Array.from({ length: 20 }, (_, n) => `good_${n}`)
      for (const name of [...good.slice(0, 13), 'poison', ...good.slice(13)]) tab.track(name)
      const stored: string[] = []
      browser.fetch = async (url, init) => {
        const { events } = JSON.parse(init.body as string) as { events: { name: string }[] }
        browser.requests.push({ url, init, batch: JSON.parse(init.body as string) })
        if (events.some(({ name }) => name === 'poison')) return answerOf(code)
        stored.push(...events.map(({ name }) => name))
        return answerOf(200)
      }
      await tab.flush()
      expect(stored.sort()).toEqual([...good].sort())
      expect(browser.requests.length).toBeLessThan(16)
      tab.track('after')
      await tab.flush()
      expect(browser.requests.at(-1)!.batch.context!.dropped).toBe(0)
      expect(browser.requests.some(({ batch }) => batch.context!.dropped === 1)).toBe(true)
    },
  )

  test.each([401, 403])('%i: it stops, and says so once', async (code) => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    const tab = await openSettled(browser)
    browser.answers = [answerOf(code)]
    tab.track('one')
    await browser.pass(1_000)
    tab.track('two')
    await browser.pass(MINUTE_MS)
    showPage(false)
    showPage(true)
    await browser.pass(MINUTE_MS)
    expect(browser.requests).toHaveLength(1)
    expect(complain).toHaveBeenCalledOnce()
    complain.mockRestore()
  })

  test.each<[string, Response | Error]>([
    ['no network', new TypeError('failed')],
    ...[408, 429, 500, 503, 404].map((code): [string, Response] => [`${code}`, answerOf(code)]),
  ])('%s: all is kept, and tried again later and later', async (_, answer) => {
    const tab = await openSettled(browser)
    browser.answers = [answer]
    tab.track('one')
    await browser.pass(10 * MINUTE_MS)
    const times = browser.requests.map(({ batch }) => batch.sentAt)
    const pauses = times.slice(1).map((time, i) => time - times[i]!)
    expect(pauses.length).toBeGreaterThan(6)
    expect(pauses.length).toBeLessThan(14)
    for (const [i, pause] of pauses.entries()) {
      const longest = Math.min(1_000 * 2 ** i, 300_000)
      expect(pause).toBeGreaterThanOrEqual(longest / 2 - 1)
      expect(pause).toBeLessThanOrEqual(longest + 1)
    }
    browser.answers = [answerOf(200)]
    await browser.pass(5 * MINUTE_MS)
    expect(new Set(browser.sent().map(({ id }) => id)).size).toBe(1)
    expect(Object.keys(localStorage)).toEqual([])
  })

  test('Retry-After in seconds or as a date is waited for, also when the page is shown', async () => {
    for (const wait of [() => '90', () => new Date(Date.now() + 91_000).toUTCString()]) {
      const tab = await openSettled(browser)
      browser.answers = [answerOf(503, { 'Retry-After': wait() }), answerOf(200)]
      tab.track('one')
      await browser.pass(1_000)
      showPage(false)
      showPage(true)
      await browser.pass(80_000)
      expect(browser.requests).toHaveLength(1)
      await browser.pass(11_000)
      expect(browser.requests).toHaveLength(2)
      tab.stop()
      browser.answers = [answerOf(200)]
    }
  })

  test.each([
    ['the network is back', () => window.dispatchEvent(new Event('online'))],
    ['the page is shown', () => showPage(true)],
  ])('when %s, it tries again at once', async (_, happen) => {
    const tab = await openSettled(browser)
    browser.answers = [new TypeError('failed')]
    tab.track('one')
    await browser.pass(MINUTE_MS)
    browser.answers = [answerOf(200)]
    browser.requests.length = 0
    happen()
    await browser.pass(0)
    expect(names(browser)).toEqual(['one'])
  })

  test('a clock set back while it waits does not stop it', async () => {
    const tab = await openSettled(browser)
    browser.answers = [answerOf(500), answerOf(200)]
    tab.track('one')
    await browser.pass(1_000)
    vi.setSystemTime(Date.now() - 7_200_000)
    await browser.pass(2_000)
    expect(browser.requests).toHaveLength(2)
  })
})
