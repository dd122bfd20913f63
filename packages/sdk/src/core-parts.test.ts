// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart?utm_source=news" }
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openCore } from './core.fixture.ts'
import {
  campaigns,
  consent,
  cookieRenewal,
  device,
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
import type { Part, TrackerOptions } from './core.ts'
import { leavePage, openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})

describe('the part', () => {
  const contextOf = async (part: Part, options: Partial<TrackerOptions> = {}) => {
    openCore(options, [part]).track('a')
    await browser.pass(3_000)
    return browser.requests[0]!
  }

  test('consent waits, sends, and forgets', async () => {
    const tracker = openCore({ consent: 'required' }, [consent])
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
    const tracker = openCore({}, [users])
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
    const tracker = openCore({}, [manualSessions])
    tracker.track('a')
    await browser.pass(3_000)
    const { id } = tracker.session()!
    tracker.startSession('order-4711')
    expect(tracker.session()).toMatchObject({ id: 'order-4711', number: 2, previousId: id })
    tracker.endSession()
    expect(tracker.session()).toBeUndefined()
  })

  test('sessionListeners tells of new ones', async () => {
    const tracker = openCore({}, [sessionListeners])
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
    openCore({}, parts).track('a')
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
    const tracker = openCore({ respectPrivacySignals: true }, [privacySignals])
    tracker.track('unheard')
    expect(tracker.session()).toBeUndefined()
  })

  test.each([[[links, referrers]], [[referrers, links]]])(
    'referrers and links go together, in any order',
    async (parts) => {
      Object.defineProperty(document, 'referrer', { configurable: true, value: 'https://app.example/' })
      onTestFinished(() => void Reflect.deleteProperty(document, 'referrer'))
      openCore({ linkDomains: ['app.example'], ignoreReferrers: ['pay.example'] }, parts).track('a')
      openCore({ ignoreReferrers: ['pay.example'] }, [referrers]).track('b')
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
    openCore().track('before')
    await browser.pass(3_000)
    const tracker = openCore(parts[0] ? { splitOnCampaign: true } : {}, parts)
    tracker.page()
    const { number, startReason } = tracker.session()!
    expect([number, startReason === 'campaign' ? startReason : undefined]).toEqual([reason ? 2 : 1, reason])
  })

  test('endOnClose ends them with the browser', async () => {
    openCore({ endOnClose: true }, [endOnClose]).track('before')
    await browser.pass(3_000)
    document.cookie = 'sj_b=;path=/;max-age=0;domain=shop.example'
    const tracker = openCore({ endOnClose: true }, [endOnClose])
    tracker.track('after')
    expect(tracker.session()).toMatchObject({ number: 2, startReason: 'closed' })
  })

  test('routes sends the first page view', async () => {
    openCore({}, [routes, engagement])
    await browser.pass(3_000)
    expect(browser.sent().map(({ type }) => type)).toEqual(['page'])
  })
})
