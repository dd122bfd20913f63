// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart?utm_source=news" }
import { beforeEach, describe, expect, expectTypeOf, onTestFinished, test, vi } from 'vitest'
import {
  campaigns,
  consent,
  cookieRenewal,
  createTracker,
  debug,
  device,
  elements,
  endOnClose,
  engagement,
  links,
  manualSessions,
  olderBrowsers,
  privacySignals,
  referrers,
  routes,
  sessionListeners,
  users,
} from './core.ts'
import type { AnyPart, CoreTracker, Part, TrackerOptions } from './core.ts'
import { DEFAULTS } from './options.ts'
import { leavePage, openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})

const required = { writeKey: 'pk_core', endpoint: 'https://collect.test' }

/** A tracker of these parts alone, on a page without another. */
function open<const Parts extends readonly AnyPart[] = []>(
  options: Partial<TrackerOptions> = {},
  parts?: Parts,
) {
  Reflect.deleteProperty(globalThis, 'sojournTrackers')
  const tracker = createTracker({ ...required, ...options }, parts)
  onTestFinished(() => tracker.stop())
  return tracker
}

describe('without parts', () => {
  test('visitor, session and delivery are all there', async () => {
    const tracker = open()
    tracker.page()
    tracker.track('a', { n: 1 }, { tags: ['t'] })
    await browser.pass(3_000)
    expect(browser.sent().map(({ type, seq, session }) => [type, seq, session!.id])).toEqual([
      ['page', 1, tracker.session()!.id],
      ['track', 2, tracker.session()!.id],
    ])
    expect(browser.requests[0]!.init.credentials).toBe('omit')
    expect(browser.requests[0]!.batch.context).toEqual({
      sdk: { name: 'sojourn', version: '0.1.0', timeoutMs: 1_800_000 },
      dropped: 0,
    })
    expect(tracker.session()).toMatchObject({ number: 1, startReason: 'first' })
    await tracker.flush()
  })

  test('nothing is recorded by itself', async () => {
    open()
    await browser.pass(3_000)
    leavePage()
    expect(browser.requests).toEqual([])
  })

  test.each([
    ['identify', users],
    ['reset', users],
    ['startSession', manualSessions],
    ['endSession', manualSessions],
    ['onSession', sessionListeners],
    ['setConsent', consent],
  ] as const)('there is no %s that would do nothing', (method, part) => {
    expect(open()).not.toHaveProperty(method)
    expect(open({}, [part])).toHaveProperty(method)
  })

  test('TypeScript knows the methods of the parts that are given, and no others', () => {
    const always = ['page', 'track', 'session', 'flush', 'stop'] as const
    expectTypeOf<keyof CoreTracker>().toEqualTypeOf<(typeof always)[number]>()
    const tracker = open({}, [device, users, consent])
    expectTypeOf<keyof typeof tracker>().toEqualTypeOf<
      (typeof always)[number] | 'identify' | 'reset' | 'setConsent'
    >()
    expect(Object.keys(tracker).sort()).toEqual([...always, 'identify', 'reset', 'setConsent'].sort())
  })

  test('users and sessions of other tabs are read, and kept', async () => {
    const other = browser.open()
    other.identify('u-1')
    other.startSession('order-4711')
    await browser.pass(3_000)
    const tracker = open()
    expect(tracker.session()).toMatchObject({ id: 'order-4711', number: 2 })
    tracker.track('of_core')
    other.endSession()
    await browser.pass(3_000)
    expect(tracker.session()).toBeUndefined()
    tracker.track('after_end')
    await browser.pass(3_000)
    const [before, after] = browser.sent().filter(({ type }) => type === 'track')
    expect([before!.userId, before!.session!.id]).toEqual(['u-1', 'order-4711'])
    expect([after!.userId, after!.session]).toEqual([
      'u-1',
      expect.objectContaining({ number: 3, previousId: 'order-4711', startReason: 'manual' }),
    ])
    expect(other.session()).toEqual(tracker.session())
    other.reset()
    await browser.pass(1_000)
    tracker.track('of_another')
    await browser.pass(3_000)
    const last = browser.sent().at(-1)!
    expect([last.userId, last.session!.startReason]).toEqual([undefined, 'user'])
    expect(last.visitorId).not.toBe(after!.visitorId)
  })

  test('a collector that fails gets all later', async () => {
    browser.answers = [new Response('', { status: 503 }), new Response('{}')]
    open().track('kept')
    await browser.pass(10_000)
    expect(browser.sent().map(({ name }) => name)).toEqual(['kept', 'kept'])
  })
})

describe('an option', () => {
  /** Which part each option needs that the core has not. */
  const parts: Readonly<Record<string, AnyPart>> = {
    splitOnCampaign: campaigns,
    endOnClose,
    consent,
    respectPrivacySignals: privacySignals,
    cookieRenewal,
    ignoreReferrers: referrers,
    app: device,
    debug,
    autoPage: routes,
    autoTrack: elements,
    linkDomains: links,
  }

  test.each(Object.entries(parts))('%s needs its part', (name, part) => {
    const given = { [name]: DEFAULTS[name as keyof typeof DEFAULTS] }
    expect(() => open(given)).toThrow(`Sojourn: ${name} needs its part`)
    expect(() => open(given, [part])).not.toThrow()
  })

  test('every one is of the core or of a part', () => {
    const unknown = Object.keys(DEFAULTS).filter((name) => {
      try {
        open({ [name]: DEFAULTS[name as keyof typeof DEFAULTS] })
        return false
      } catch {
        return !parts[name]
      }
    })
    expect(unknown).toEqual([])
  })

  test.each([
    [{ timeout: '60000' as never }, 'timeout must be like 1800000'],
    [{ endpoint: 'collect.test' }, 'endpoint must be like "https://collect.example"'],
    [{ writeKey: '' }, 'writeKey must be like "pk_…"'],
  ])('of the wrong type is refused: %j', (options, message) => {
    expect(() => open(options)).toThrow(message)
  })
})

describe('the part', () => {
  const contextOf = async (part: Part, options: Partial<TrackerOptions> = {}) => {
    open(options, [part]).track('a')
    await browser.pass(3_000)
    return browser.requests[0]!
  }

  test('consent waits, sends, and forgets', async () => {
    const tracker = open({ consent: 'required' }, [consent])
    tracker.track('waiting')
    await browser.pass(3_000)
    expect([browser.requests, document.cookie, Object.keys(localStorage)]).toEqual([[], '', []])
    tracker.setConsent('granted')
    await browser.pass(3_000)
    expect(browser.sent()).toHaveLength(1)
    tracker.setConsent('denied')
    expect([document.cookie, Object.keys(localStorage)]).toEqual(['', []])
  })

  test('users makes them known', async () => {
    const tracker = open({}, [users])
    tracker.identify('u-1', { plan: 'pro' })
    tracker.track('a')
    tracker.reset()
    tracker.track('b')
    await browser.pass(3_000)
    expect(
      browser.sent().map(({ type, userId, traits, session }) => [type, userId, traits, session!.number]),
    ).toEqual([
      ['identify', 'u-1', { plan: 'pro' }, 1],
      ['track', 'u-1', undefined, 1],
      ['track', undefined, undefined, 2],
    ])
  })

  test('manualSessions begins and ends them', async () => {
    const tracker = open({}, [manualSessions])
    tracker.track('a')
    await browser.pass(3_000)
    const { id } = tracker.session()!
    tracker.startSession('order-4711')
    expect(tracker.session()).toMatchObject({ id: 'order-4711', number: 2, previousId: id })
    tracker.endSession()
    expect(tracker.session()).toBeUndefined()
  })

  test('sessionListeners tells of new ones', async () => {
    const tracker = open({}, [sessionListeners])
    const heard: number[] = []
    const off = tracker.onSession(({ number }) => heard.push(number))
    tracker.track('a')
    await browser.pass(3_000)
    off()
    await browser.pass(1_800_000)
    tracker.track('b')
    await browser.pass(3_000)
    expect(heard).toEqual([1])
    expect(tracker.session()!.number).toBe(2)
  })

  test.each([
    [[], 0],
    [[olderBrowsers], 1],
  ] as const)('olderBrowsers sends where fetch cannot outlive the page: %j', async (parts, times) => {
    const beacons: string[] = []
    vi.stubGlobal('Request', class {})
    Object.defineProperty(navigator, 'sendBeacon', {
      configurable: true,
      value: (url: string) => beacons.push(url),
    })
    onTestFinished(() => void Reflect.deleteProperty(navigator, 'sendBeacon'))
    open({}, parts).track('a')
    leavePage()
    await browser.pass(1_000)
    expect(beacons).toEqual(Array(times).fill('https://collect.test/v1/events'))
  })

  test('device tells of the browser and of the app', async () => {
    const { batch } = await contextOf(device, { app: { name: 'shop' } })
    expect(batch.context).toMatchObject({ app: { name: 'shop' }, locale: navigator.language, dropped: 0 })
    expect(batch.context!.screen).toBeDefined()
  })

  test('device loads no date formats where the browser tells the timezone without', async () => {
    vi.stubGlobal('Temporal', { Now: { timeZoneId: () => 'Europe/Paris' } })
    const format = vi.spyOn(Intl, 'DateTimeFormat')
    const { batch } = await contextOf(device)
    expect(batch.context!.timezone).toBe('Europe/Paris')
    expect(format).not.toHaveBeenCalled()
  })

  test('privacySignals reports them, and obeys them where that is asked for', async () => {
    expect((await contextOf(privacySignals)).batch.context!.privacy).toEqual({ gpc: false, dnt: false })
    Object.defineProperty(navigator, 'doNotTrack', { configurable: true, value: '1' })
    onTestFinished(() => void Reflect.deleteProperty(navigator, 'doNotTrack'))
    const tracker = open({ respectPrivacySignals: true }, [privacySignals])
    tracker.track('unheard')
    expect(tracker.session()).toBeUndefined()
  })

  test.each([[[links, referrers]], [[referrers, links]]])(
    'referrers and links go together, in any order',
    async (parts) => {
      Object.defineProperty(document, 'referrer', { configurable: true, value: 'https://app.example/' })
      onTestFinished(() => void Reflect.deleteProperty(document, 'referrer'))
      open({ linkDomains: ['app.example'], ignoreReferrers: ['pay.example'] }, parts).track('a')
      open({ ignoreReferrers: ['pay.example'] }, [referrers]).track('b')
      await browser.pass(3_000)
      expect(browser.sent().map(({ name, page }) => [name, page!.referrer])).toEqual([
        ['a', undefined],
        ['b', 'https://app.example/'],
      ])
    },
  )

  test('cookieRenewal sends the cookies', async () => {
    const { init } = await contextOf(cookieRenewal, { cookieRenewal: true })
    expect(init.credentials).toBe('include')
  })

  test.each([
    [[], undefined],
    [[campaigns], 'campaign'],
  ] as const)('campaigns begins sessions with them: %j', async (parts, reason) => {
    open().track('before')
    await browser.pass(3_000)
    const tracker = open(parts[0] ? { splitOnCampaign: true } : {}, parts)
    tracker.page()
    const { number, startReason } = tracker.session()!
    expect([number, startReason === 'campaign' ? startReason : undefined]).toEqual([reason ? 2 : 1, reason])
  })

  test('endOnClose ends them with the browser', async () => {
    open({ endOnClose: true }, [endOnClose]).track('before')
    await browser.pass(3_000)
    document.cookie = 'sj_b=;path=/;max-age=0;domain=shop.example'
    const tracker = open({ endOnClose: true }, [endOnClose])
    tracker.track('after')
    expect(tracker.session()).toMatchObject({ number: 2, startReason: 'closed' })
  })

  test('routes sends the first page view', async () => {
    open({}, [routes, engagement])
    await browser.pass(3_000)
    expect(browser.sent().map(({ type }) => type)).toEqual(['page'])
  })
})
