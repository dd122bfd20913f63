// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart?utm_source=news" }
import { beforeEach, describe, expect, expectTypeOf, onTestFinished, test } from 'vitest'
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
  privacySignals,
  referrers,
  routes,
} from './core.ts'
import type { Part, Tracker, TrackerOptions } from './core.ts'
import { DEFAULTS } from './options.ts'
import { leavePage, openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})

const required = { writeKey: 'pk_core', endpoint: 'https://collect.test' }

/** A tracker of these parts alone, on a page without another. */
function open(options: Partial<TrackerOptions> = {}, parts?: readonly Part[]) {
  Reflect.deleteProperty(globalThis, 'sojournTrackers')
  const tracker = createTracker({ ...required, ...options }, parts)
  onTestFinished(() => tracker.stop())
  return tracker
}

describe('without parts', () => {
  test('visitor, session, user and delivery are all there', async () => {
    const tracker = open()
    tracker.page()
    tracker.track('a', { n: 1 }, { tags: ['t'] })
    tracker.identify('u-1')
    await browser.pass(3_000)
    expect(browser.sent().map(({ type, seq, userId }) => [type, seq, userId])).toEqual([
      ['page', 1, undefined],
      ['track', 2, undefined],
      ['identify', 3, 'u-1'],
    ])
    expect(browser.requests[0]!.init.credentials).toBe('omit')
    expect(browser.requests[0]!.batch.context).toEqual({
      sdk: { name: 'sojourn', version: '0.1.0', timeoutMs: 1_800_000 },
      dropped: 0,
    })
    const { id, number } = tracker.session()!
    expect(number).toBe(1)
    tracker.startSession('order-4711')
    expect(tracker.session()).toMatchObject({ id: 'order-4711', number: 2, previousId: id })
    tracker.endSession()
    expect(tracker.session()).toBeUndefined()
  })

  test('nothing is recorded by itself', async () => {
    open()
    await browser.pass(3_000)
    leavePage()
    expect(browser.requests).toEqual([])
  })

  test('there is no setConsent that would do nothing', () => {
    expect(open().setConsent).toBeUndefined()
    expectTypeOf(open().setConsent).toEqualTypeOf<Tracker['setConsent'] | undefined>()
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
  const parts: Readonly<Record<string, Part>> = {
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
    tracker.setConsent!('granted')
    await browser.pass(3_000)
    expect(browser.sent()).toHaveLength(1)
    tracker.setConsent!('denied')
    expect([document.cookie, Object.keys(localStorage)]).toEqual(['', []])
  })

  test('device tells of the browser and of the app', async () => {
    const { batch } = await contextOf(device, { app: { name: 'shop' } })
    expect(batch.context).toMatchObject({ app: { name: 'shop' }, locale: navigator.language, dropped: 0 })
    expect(batch.context!.screen).toBeDefined()
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
