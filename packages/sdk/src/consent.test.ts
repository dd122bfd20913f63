// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart?x=1" }
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { leavePage, nameOf, openBrowser, restorePage } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const MINUTE_MS = 60_000

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})
afterEach(() => void vi.restoreAllMocks())

describe('consent', () => {
  const stored = () => [document.cookie, ...Object.keys(localStorage)].filter(Boolean)

  test('before it nothing is stored or sent; then what happened is told, at its own time', async () => {
    const tab = browser.open({ consent: 'required' })
    tab.page()
    const time = Date.now()
    tab.identify('u-1')
    await browser.pass(MINUTE_MS)
    await tab.flush()
    leavePage()
    restorePage()
    expect(stored()).toEqual([])
    expect(browser.requests).toEqual([])
    expect(tab.session()).toBeUndefined()
    tab.setConsent('granted')
    await browser.pass(2_000)
    expect(browser.sent().map((event) => [nameOf(event), event.time])).toEqual([
      ['page_view', time],
      ['identify', time],
    ])
  })

  test('once given it holds for the next page and for other tabs', async () => {
    const [tab, other] = [browser.open({ consent: 'required' }), browser.open({ consent: 'required' })]
    other.track('waiting')
    tab.setConsent('granted')
    window.dispatchEvent(new StorageEvent('storage', { key: 'sj_m', newValue: 'granted' }))
    browser.open({ consent: 'required' }).track('next_page')
    await browser.pass(2_000)
    expect(browser.named('waiting')).toHaveLength(1)
    expect(browser.named('next_page')).toHaveLength(1)
  })

  test('refused, what waits is dropped, and nothing is stored', async () => {
    const tab = browser.open({ consent: 'required' })
    tab.track('waiting')
    tab.setConsent('denied')
    tab.track('after')
    tab.setConsent('granted')
    await browser.pass(2_000)
    expect(browser.requests).toEqual([])
  })

  test('withdrawn, every key ever written goes, in all tabs, and nothing comes back', async () => {
    const options = { consent: 'required', endOnClose: true } as const
    const [tab, other] = [browser.open(options), browser.open(options)]
    browser.answers = [new Response('', { status: 503 })]
    tab.setConsent('granted')
    tab.identify('u-1')
    other.track('unsent')
    await browser.pass(2_000)
    expect(stored().length).toBeGreaterThan(2)
    tab.setConsent('denied')
    other.track('after')
    await browser.pass(MINUTE_MS)
    leavePage()
    restorePage()
    await browser.pass(MINUTE_MS)
    expect(stored()).toEqual([])
    expect(other.session()).toBeUndefined()
  })

  test('given before this site asked for it counts for nothing', async () => {
    browser.open().track('before')
    await browser.pass(2_000)
    const tab = browser.open({ consent: 'required' })
    tab.track('waiting')
    await browser.pass(2_000)
    expect(browser.named('waiting')).toEqual([])
    tab.setConsent('granted')
    await browser.pass(2_000)
    expect(browser.named('waiting')).toHaveLength(1)
  })

  test('withdrawn in another tab where it was not required, this tab hears of it', async () => {
    const tab = browser.open()
    tab.track('before')
    await browser.pass(2_000)
    window.dispatchEvent(new StorageEvent('storage', { key: 'sj_m', newValue: 'denied' }))
    tab.track('after')
    await browser.pass(2_000)
    expect(stored()).toEqual([])
    expect(browser.named('after')).toEqual([])
  })

  describe('a late answer with a renewed cookie', () => {
    const renewed = async (happen: (tab: ReturnType<TestBrowser['open']>) => void) => {
      const tab = browser.open({ cookieRenewal: true })
      let answer!: (response: Response) => void
      browser.answers = [new Promise((done) => (answer = done)), new Response('{}')]
      tab.identify('u-1')
      await browser.pass(2_000)
      const { visitorId } = browser.sent()[0]!
      happen(tab)
      document.cookie = `sj_v=1.12.1.0.0.1.0.0.${visitorId}....;path=/;domain=shop.example;max-age=900`
      answer(new Response('{}'))
      await browser.pass(2_000)
      return visitorId
    }

    test('brings nobody back who has withdrawn', async () => {
      await renewed((tab) => tab.setConsent('denied'))
      expect(stored()).toEqual([])
    })

    test('brings nobody back who has signed out', async () => {
      const before = await renewed((tab) => tab.reset())
      browser.open().track('next_page')
      await browser.pass(2_000)
      expect(browser.named('next_page')[0]!.visitorId).not.toBe(before)
    })
  })

  test.each([
    ['globalPrivacyControl', true],
    ['doNotTrack', '1'],
  ])('%s is reported, and obeyed where that is asked for', async (name, value) => {
    Object.defineProperty(navigator, name, { configurable: true, value })
    browser.open({ respectPrivacySignals: true }).track('unheard')
    await browser.pass(2_000)
    expect(stored()).toEqual([])
    browser.open().track('heard')
    await browser.pass(2_000)
    expect(browser.sent().map((event) => event.name)).toEqual(['heard'])
    expect(Object.values(browser.requests[0]!.batch.context!.privacy!)).toContain(true)
    Reflect.deleteProperty(navigator, name)
  })
})
