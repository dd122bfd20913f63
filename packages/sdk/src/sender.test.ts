// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answerOf, leavePage, openBrowser, openSettled, restorePage, showPage } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const MINUTE_MS = 60_000
const names = (browser: TestBrowser) => browser.sent().map((event) => event.name)

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})
afterEach(() => vi.unstubAllGlobals())

describe('when', () => {
  test('a batch leaves a second after its first event', async () => {
    const tab = await openSettled(browser)
    tab.track('one')
    await browser.pass(600)
    tab.track('two')
    await browser.pass(399)
    expect(browser.requests).toEqual([])
    await browser.pass(1)
    expect(browser.batches()).toEqual([['one', 'two']])
  })

  test('a full batch leaves at once', async () => {
    const tab = await openSettled(browser, { batchSize: 2 })
    tab.track('one')
    tab.track('two')
    await browser.pass(0)
    expect(browser.batches()).toEqual([['one', 'two']])
  })

  test('flush() sends at once, and resolves when all has gone', async () => {
    const tab = await openSettled(browser, { batchDelay: MINUTE_MS })
    tab.track('one')
    const done = tab.flush()
    await browser.pass(0)
    await done
    expect(names(browser)).toEqual(['one'])
  })

  test('a page that is left sends at once', async () => {
    const tab = await openSettled(browser)
    tab.track('one')
    leavePage()
    expect(names(browser)).toEqual(['one'])
    restorePage()
  })

  test.each([
    ['left', leavePage],
    ['hidden', () => showPage(false)],
  ])('a page that is %s before all tabs agree on the visitor sends all the same', (_, leave) => {
    const tab = browser.open()
    tab.track('one')
    expect(browser.requests).toEqual([])
    leave()
    expect(names(browser)).toEqual(['one'])
    restorePage()
  })
})

describe('how', () => {
  test('as text, to outlive the page, without cookies', async () => {
    const tab = await openSettled(browser)
    tab.track('one')
    await browser.pass(1_000)
    const { url, init } = browser.requests[0]!
    expect(url).toBe('https://collect.test/v1/events')
    expect(init).toMatchObject({ method: 'POST', keepalive: true, credentials: 'omit' })
    expect(init.headers).toBeUndefined()
    expect(typeof init.body).toBe('string')
  })

  test('with cookies where the collector may renew them', async () => {
    const tab = await openSettled(browser, { cookieRenewal: true, endpoint: '/stats' })
    tab.track('one')
    await browser.pass(1_000)
    expect(browser.requests[0]!.url).toBe('/stats/v1/events')
    expect(browser.requests[0]!.init.credentials).toBe('include')
  })

  test('what leaves with the page stays under 64 KiB together; the rest stays stored', async () => {
    const tab = await openSettled(browser, { batchSize: 500, batchDelay: MINUTE_MS })
    for (let n = 0; n < 120; n++) tab.track('bulky', { n, filling: 'x'.repeat(1_200) })
    browser.answers = [new Promise(() => {})]
    leavePage()
    const bytes = browser.requests.reduce((sum, { init }) => sum + (init.body as string).length, 0)
    expect(bytes).toBeGreaterThan(40_000)
    expect(bytes).toBeLessThan(65_536)
    await Promise.resolve()
    expect(Object.keys(localStorage).filter((name) => name.startsWith('sj_q.'))).toHaveLength(120)
    restorePage()
  })

  test('hidden and shown again, nothing that is on its way leaves twice', async () => {
    const tab = await openSettled(browser)
    let answer!: (response: Response) => void
    browser.answers = [new Promise((done) => (answer = done))]
    tab.track('one')
    showPage(false)
    showPage(true)
    tab.track('two')
    showPage(false)
    showPage(true)
    answer(answerOf(200))
    await browser.pass(2_000)
    expect(names(browser)).toEqual(['one', 'two'])
  })

  test('by beacon where fetch cannot outlive the page, and once more to be sure', async () => {
    vi.stubGlobal('Request', class {})
    const beacon = vi.fn(() => true)
    navigator.sendBeacon = beacon
    const tab = await openSettled(browser)
    tab.track('one')
    showPage(false)
    expect(beacon).toHaveBeenCalledOnce()
    expect(beacon.mock.calls[0]).toEqual([
      'https://collect.test/v1/events',
      expect.stringContaining('"name":"one"'),
    ])
    showPage(true)
    await browser.pass(1_000)
    expect(names(browser)).toEqual(['one'])
  })
})

test('events that were lost for want of room are told with the next batch, once', async () => {
  const tab = await openSettled(browser, { maxStoredEvents: 3, batchSize: 500 })
  for (let n = 0; n < 10; n++) tab.track(`event_${n}`)
  await browser.pass(1_000)
  tab.track('after')
  await browser.pass(1_000)
  expect(browser.requests.map(({ batch }) => batch.context!.dropped)).toEqual([7, 0])
  expect(names(browser)).toEqual(['event_7', 'event_8', 'event_9', 'after'])
})

test('what a page left a moment ago is sent by the next one, also when that has nothing to send any more', async () => {
  const tab = await openSettled(browser)
  browser.answers = [new TypeError('gone')]
  tab.track('one')
  leavePage()
  await browser.pass(0)
  tab.stop()
  browser.answers = [answerOf(200)]
  browser.requests.length = 0
  browser.open().track('two')
  restorePage()
  await browser.pass(1_500)
  expect(names(browser)).toEqual(['two'])
  await browser.pass(5_000)
  expect(names(browser)).toEqual(['two', 'one'])
})
