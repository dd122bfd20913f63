// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart?x=1" }
import { sessionId } from '@sojourn/protocol'
import type { WireEvent } from '@sojourn/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clearCookies, leavePage, openBrowser, restorePage, showPage } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const MINUTE_MS = 60_000
const PAST_TIMEOUT_MS = 31 * MINUTE_MS

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})
afterEach(() => void vi.restoreAllMocks())

/** The name that the collector gives to events without one. */
const nameOf = ({ name, type }: WireEvent) =>
  name ?? { page: 'page_view', track: '', identify: 'identify', engagement: 'engagement' }[type]
const named = (name: string) => browser.sent().filter((event) => nameOf(event) === name)

describe('an event', () => {
  test('is complete', async () => {
    document.title = 'Cart'
    const tab = browser.open()
    tab.track('bought', { value: 12.5 }, { tags: ['cta', 'checkout'] })
    await browser.pass(2_000)
    const [event] = browser.sent()
    const now = Date.now() - 2_000
    expect(event).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/),
      type: 'track',
      name: 'bought',
      time: now,
      visitorId: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-8/),
      session: { id: sessionId(event!.visitorId!, 1), number: 1, startedAt: now, startReason: 'first' },
      page: { url: 'https://www.shop.example/cart?x=1', title: 'Cart' },
      tab: expect.stringMatching(/^[\da-z]{1,6}$/),
      seq: 1,
      tags: ['cta', 'checkout'],
      properties: { value: 12.5 },
    })
  })

  test('travels with what holds for all of its batch', async () => {
    const tab = browser.open({ app: { name: 'shop', version: '1.4.0' }, timeout: 60_000 })
    tab.page()
    await browser.pass(2_000)
    expect(browser.requests[0]!.batch).toMatchObject({
      writeKey: 'pk_test',
      context: {
        locale: 'en-US',
        timezone: expect.any(String),
        touch: false,
        viewport: { width: innerWidth, height: innerHeight },
        app: { name: 'shop', version: '1.4.0' },
        sdk: { name: 'sojourn', version: '0.1.0', timeoutMs: 60_000 },
        privacy: { gpc: false, dnt: false },
        dropped: 0,
      },
    })
  })

  test('counts up in its tab, and one that cannot be sent leaves no gap', async () => {
    const tab = browser.open()
    tab.track('one')
    tab.track('huge', { filling: 'x'.repeat(40_000) })
    tab.track('two')
    await browser.pass(2_000)
    expect(browser.sent().map(({ name, seq }) => [name, seq])).toEqual([
      ['one', 1],
      ['two', 2],
    ])
    expect(browser.requests[0]!.batch.context!.dropped).toBe(1)
  })

  test('holds what its properties were when it happened', async () => {
    const tab = browser.open()
    const properties = { step: 1 }
    tab.track('one', properties)
    properties.step = 2
    await browser.pass(2_000)
    expect(browser.sent()[0]!.properties).toEqual({ step: 1 })
  })
})

describe('bad input', () => {
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic

  test.each<[string, unknown[]]>([
    ['a list for properties', ['named', [1, 2]]],
    ['a text for properties', ['named', 'text']],
    ['null for everything', ['named', null, null]],
    ['a cycle', ['named', cyclic]],
    ['a text for tags', ['named', {}, { tags: 'cta' }]],
    ['empty and odd tags', ['named', {}, { tags: ['', 5, null, 'x'.repeat(999)] }]],
    ['100 tags', ['named', {}, { tags: Array.from({ length: 100 }, (_, i) => `t${i}`) }]],
    ['a text for passive', ['named', {}, { passive: 'yes' }]],
  ])('%s: the event is sent without', async (_, input) => {
    const tab = browser.open()
    tab.track('before')
    expect(() => (tab.track as (...all: unknown[]) => void)(...input)).not.toThrow()
    await browser.pass(2_000)
    const [event] = named('named')
    expect(event).toBeDefined()
    expect(event!.tags?.length ?? 1).toBeLessThanOrEqual(64)
    expect(event!.tags?.every((tag) => tag.length > 0 && tag.length <= 256) ?? true).toBe(true)
    expect([undefined, true]).toContain(event!.passive)
    expect(Array.isArray(event!.properties)).toBe(false)
  })

  test.each([undefined, null, '', {}, 'x'.repeat(129), 'a\nb', '\ud800'])(
    'nobody is identified as %j',
    async (userId) => {
      const tab = browser.open()
      tab.identify(userId as string)
      tab.track('after')
      await browser.pass(2_000)
      expect(named('after')[0]!.userId).toBeUndefined()
      expect(named('identify')).toEqual([])
    },
  )

  test('a track without a name is none', async () => {
    const tab = browser.open()
    for (const name of [undefined, null, '']) tab.track(name as string)
    tab.track('after')
    await browser.pass(2_000)
    expect(browser.sent().map(({ name }) => name)).toEqual(['after'])
  })

  test('10,000 events in a loop: the newest are sent, the rest is counted', async () => {
    const tab = browser.open()
    for (let n = 0; n < 10_000; n++) tab.track('looped', { n })
    await browser.pass(60_000)
    expect(named('looped')).toHaveLength(1_000)
    expect(browser.requests[0]!.batch.context!.dropped).toBe(9_000)
  })
})

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
    expect(named('poll').map(({ session }) => session?.id)).toEqual([undefined, id, id])
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

describe('users', () => {
  test('another user is another visitor, which all tabs derive alike', async () => {
    const [one, other] = [browser.open(), browser.open()]
    one.identify('u-1')
    await browser.pass(1_000)
    const { visitorId } = browser.sent()[0]!
    one.identify('u-2')
    other.identify('u-2')
    await browser.pass(2_000)
    const ids = named('identify').filter(({ userId }) => userId === 'u-2')
    expect(ids.map((event) => event.visitorId)).toEqual(Array(2).fill(ids[0]!.visitorId))
    expect(ids[0]!.visitorId).not.toBe(visitorId)
    expect(ids.map(({ session }) => session!.number)).toEqual([2, 2])
    one.reset()
    one.identify('u-2')
    other.track('after')
    await browser.pass(2_000)
    expect(ids.map((event) => event.visitorId)).not.toContain(named('after')[0]!.visitorId)
  })

  test('another user within the first second leaves what happened before alone', async () => {
    const tab = browser.open()
    tab.track('as_nobody')
    await browser.pass(100)
    tab.identify('u-1')
    tab.identify('u-2')
    tab.track('as_two')
    await browser.pass(3_000)
    expect(named('as_nobody')[0]!.userId).toBeUndefined()
    expect(named('as_two')[0]!.visitorId).not.toBe(named('as_nobody')[0]!.visitorId)
  })

  test('the known user is known to the next page, and not to one that cannot read its id', async () => {
    browser.open().identify('u-1')
    await browser.pass(2_000)
    browser.open().track('next_page')
    localStorage.removeItem('sj_u')
    browser.open().track('sub_domain')
    await browser.pass(2_000)
    expect(named('next_page')[0]!.userId).toBe('u-1')
    expect(named('sub_domain')[0]!.userId).toBeUndefined()
    const { visitorId } = named('sub_domain')[0]!
    browser.open().identify('u-1')
    await browser.pass(2_000)
    expect(named('identify').at(-1)).toMatchObject({ visitorId, userId: 'u-1' })
  })

  test("a stale user id beside another user's marker is nobody's", async () => {
    browser.open().identify('u-1')
    await browser.pass(2_000)
    localStorage.setItem('sj_u', 'u-2')
    browser.open().track('after')
    await browser.pass(2_000)
    expect(named('after')[0]!.userId).toBeUndefined()
  })
})

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
    expect(named('waiting')).toHaveLength(1)
    expect(named('next_page')).toHaveLength(1)
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
    expect(named('waiting')).toEqual([])
    tab.setConsent('granted')
    await browser.pass(2_000)
    expect(named('waiting')).toHaveLength(1)
  })

  test('withdrawn in another tab where it was not required, this tab hears of it', async () => {
    const tab = browser.open()
    tab.track('before')
    await browser.pass(2_000)
    window.dispatchEvent(new StorageEvent('storage', { key: 'sj_m', newValue: 'denied' }))
    tab.track('after')
    await browser.pass(2_000)
    expect(stored()).toEqual([])
    expect(named('after')).toEqual([])
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
      expect(named('next_page')[0]!.visitorId).not.toBe(before)
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
    expect(named('early')[0]!.page!.url).toBe('https://www.shop.example/cart?x=1')
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
    expect(new Set(named('after').map(({ session }) => session!.id)).size).toBe(1)
    expect(named('after')[0]!.visitorId).not.toBe(named('before')[0]!.visitorId)
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
