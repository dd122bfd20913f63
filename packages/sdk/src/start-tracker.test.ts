// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart?x=1" }
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clearCookies, leavePage, nameOf, openBrowser, restorePage, showPage } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const MINUTE_MS = 60_000

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})
afterEach(() => void vi.restoreAllMocks())

describe('the life of the page', () => {
  test('prerendered, it does nothing until it is shown', async () => {
    Object.defineProperty(document, 'prerendering', { configurable: true, value: true })
    const tab = browser.open()
    tab.page()
    tab.track('early')
    await browser.pass(2_000)
    expect(browser.requests).toEqual([])
    expect(document.cookie).toBe('')
    Reflect.deleteProperty(document, 'prerendering')
    document.dispatchEvent(new Event('prerenderingchange'))
    await browser.pass(2_000)
    expect(browser.sent().map(nameOf)).toEqual(['page_view', 'early'])
  })

  test('never shown, it has no page view', async () => {
    showPage(false)
    const tab = browser.open()
    tab.page()
    await browser.pass(2_000)
    expect(browser.requests).toEqual([])
    showPage(true)
    await browser.pass(2_000)
    expect(browser.sent().map(nameOf)).toEqual(['page_view'])
  })

  test('in the back/forward cache, what it has stored is free for others', async () => {
    browser.answers = [new TypeError('gone')]
    const tab = browser.open()
    tab.track('one')
    await browser.pass(1_000)
    leavePage()
    await browser.pass(3_000)
    tab.stop()
    browser.answers = [new Response('{}')]
    await browser.open().flush()
    expect(browser.sent().filter(({ seq }) => seq === 1).length).toBeGreaterThan(0)
    expect(Object.keys(localStorage)).toEqual([])
    restorePage()
  })

  test('held back, a call is of the page on which it was made', async () => {
    const tab = browser.open({ consent: 'required' })
    tab.track('early')
    history.pushState(null, '', '/other')
    tab.setConsent('granted')
    await browser.pass(2_000)
    expect(browser.named('early')[0]!.page!.url).toBe('https://www.shop.example/cart?x=1')
    history.replaceState(null, '', '/cart?x=1')
  })

  test('cleared cookies while it is open make a new visitor, and no error', async () => {
    const tab = browser.open()
    tab.track('before')
    await browser.pass(2_000)
    clearCookies()
    tab.track('after')
    tab.track('after')
    await browser.pass(2_000)
    expect(new Set(browser.named('after').map(({ session }) => session!.id)).size).toBe(1)
    expect(browser.named('after')[0]!.visitorId).not.toBe(browser.named('before')[0]!.visitorId)
  })

  test('stopped, a tracker is silent, and leaves what was not sent to the next', async () => {
    const tab = browser.open()
    tab.track('before')
    tab.stop()
    tab.track('after')
    await browser.pass(MINUTE_MS)
    expect(browser.requests).toEqual([])
    expect(tab.session()).toBeUndefined()
    void browser.open()
    await browser.pass(3_000)
    expect(browser.sent().map(({ name }) => name)).toEqual(['before'])
  })
})

test('two trackers of two keys share visitor and session, and keep their events apart', async () => {
  const [one, other] = [browser.open(), browser.open({ writeKey: 'pk_other' })]
  one.track('one')
  other.track('other')
  await browser.pass(2_000)
  const [first, second] = browser.requests.map(({ batch }) => batch)
  expect([first, second].map((batch) => [batch!.writeKey, batch!.events.map(({ name }) => name)])).toEqual([
    ['pk_test', ['one']],
    ['pk_other', ['other']],
  ])
  expect(first!.events[0]!.session).toEqual(second!.events[0]!.session)
})
