// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart?x=1" }
import { sessionId } from '@sojourn/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const MINUTE_MS = 60_000
const PAST_TIMEOUT_MS = 31 * MINUTE_MS

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})
afterEach(() => void vi.restoreAllMocks())

describe('sessions', () => {
  test('session() is silent before the first event, and tells the open session', async () => {
    const tab = browser.open()
    expect(tab.session()).toBeUndefined()
    tab.track('one')
    const { startedAt, id } = tab.session()!
    await browser.pass(MINUTE_MS)
    tab.track('two')
    expect(tab.session()).toEqual({
      id,
      number: 1,
      startedAt,
      lastActivity: startedAt + MINUTE_MS,
      startReason: 'first',
      previousId: undefined,
    })
    await browser.pass(PAST_TIMEOUT_MS)
    expect(tab.session()).toBeUndefined()
  })

  test.each([
    ['order-4711', 'order-4711'],
    ['x'.repeat(36), 'x'.repeat(36)],
  ])('startSession(%j) begins a session of that id', async (given, id) => {
    const tab = browser.open()
    tab.track('before')
    await browser.pass(1_000)
    const first = tab.session()!.id
    tab.startSession(given)
    expect(tab.session()).toMatchObject({ id, number: 2, previousId: first, startReason: 'manual' })
  })

  test.each(['x'.repeat(37), 'a.b', 'über', '\ud800'])(
    'startSession(%j) begins one of a derived id',
    async (given) => {
      const tab = browser.open()
      tab.startSession(given)
      await browser.pass(1_000)
      const { id } = tab.session()!
      expect(id).toMatch(/^[\da-f-]{36}$/)
      tab.startSession('other')
      tab.startSession(given)
      expect(tab.session()!.id).toBe(id)
    },
  )

  test('a passive event starts and extends none, and belongs to the open one', async () => {
    const tab = browser.open()
    tab.track('poll', {}, { passive: true })
    expect(tab.session()).toBeUndefined()
    tab.track('one')
    const { lastActivity, id } = tab.session()!
    await browser.pass(20 * MINUTE_MS)
    tab.track('poll', {}, { passive: true })
    expect(tab.session()!.lastActivity).toBe(lastActivity)
    await browser.pass(20 * MINUTE_MS)
    tab.track('poll', {}, { passive: true })
    expect(tab.session()).toBeUndefined()
    await browser.pass(2_000)
    expect(browser.named('poll').map(({ session }) => session?.id)).toEqual([undefined, id, id])
  })

  test('onSession hears of each session once, in every tab, also after a manual start', async () => {
    const heard: Record<string, string[]> = { one: [], other: [] }
    const [one, other] = [browser.open(), browser.open()]
    one.onSession(() => {
      throw new Error('a listener of the page')
    })
    one.onSession(({ id }) => heard['one']!.push(id))
    other.onSession(({ id }) => heard['other']!.push(id))
    one.track('first')
    await browser.pass(1_000)
    window.dispatchEvent(new StorageEvent('storage', { key: 'sj_m', newValue: 'news' }))
    one.startSession('by-hand')
    one.track('second')
    window.dispatchEvent(new StorageEvent('storage', { key: 'sj_m', newValue: 'news' }))
    await browser.pass(1_000)
    const first = sessionId(browser.sent()[0]!.visitorId!, 1)
    expect(heard).toEqual({ one: [first, 'by-hand'], other: [first, 'by-hand'] })
  })

  test('a listener that was removed, and one of a session that goes on, hear nothing', async () => {
    browser.open().track('first')
    await browser.pass(1_000)
    const heard = vi.fn()
    const tab = browser.open()
    tab.onSession(heard)
    tab.onSession(heard)()
    tab.track('second')
    expect(heard).not.toHaveBeenCalled()
  })

  test('closing the browser ends the session where that is asked for', async () => {
    browser.open({ endOnClose: true }).track('first')
    await browser.pass(1_000)
    const again = browser.open({ endOnClose: true })
    again.track('still_open')
    expect(again.session()!.number).toBe(1)
    await browser.pass(1_000)
    document.cookie = 'sj_b=;path=/;domain=shop.example;max-age=0'
    const next = browser.open({ endOnClose: true })
    next.track('after')
    expect(next.session()).toMatchObject({ number: 2, startReason: 'closed' })
    await browser.pass(1_000)
    document.cookie = 'sj_b=;path=/;domain=shop.example;max-age=0'
    const indifferent = browser.open()
    indifferent.track('after')
    expect(indifferent.session()!.number).toBe(2)
  })
})

describe('the first second of a first visit', () => {
  test('session() tells what the session will be, and a passive event begins none', async () => {
    const tab = browser.open()
    tab.track('poll', {}, { passive: true })
    expect(tab.session()).toBeUndefined()
    tab.track('one')
    const { id } = tab.session()!
    expect(tab.session()).toMatchObject({ number: 1, startReason: 'first' })
    await browser.pass(1_000)
    expect(tab.session()!.id).toBe(id)
  })

  test('is stamped as it happened, however much later', async () => {
    const tab = browser.open()
    tab.track('one')
    vi.setSystemTime(Date.now() + PAST_TIMEOUT_MS)
    tab.track('after_sleep')
    await browser.pass(2_000)
    expect(browser.sent().map(({ session, time }) => [session!.number, session!.startedAt! - time])).toEqual([
      [1, 0],
      [2, 0],
    ])
  })

  test('a campaign splits no first session', async () => {
    history.replaceState(null, '', '/cart?utm_source=news')
    const tab = browser.open({ splitOnCampaign: true })
    tab.page()
    await browser.pass(2_000)
    expect(tab.session()!.number).toBe(1)
    history.replaceState(null, '', '/cart?utm_source=ads')
    tab.track('no_arrival')
    expect(tab.session()!.number).toBe(1)
    tab.page()
    expect(tab.session()).toMatchObject({ number: 2, startReason: 'campaign' })
    history.replaceState(null, '', '/cart?x=1')
  })
})
