// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart?utm_source=news" }
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import { openCore } from './core.fixture.ts'
import {
  campaigns,
  consent,
  cookieRenewal,
  debug,
  device,
  elements,
  endOnClose,
  links,
  manualSessions,
  privacySignals,
  referrers,
  routes,
  sessionListeners,
  users,
} from './core.ts'
import type { AnyPart, CoreTracker } from './core.ts'
import { DEFAULTS } from './options.ts'
import { leavePage, openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})

describe('without parts', () => {
  test('visitor, session and delivery are all there', async () => {
    const tracker = openCore()
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
    openCore()
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
    expect(openCore()).not.toHaveProperty(method)
    expect(openCore({}, [part])).toHaveProperty(method)
  })

  test('TypeScript knows the methods of the parts that are given, and no others', () => {
    const always = ['page', 'track', 'session', 'flush', 'stop'] as const
    expectTypeOf<keyof CoreTracker>().toEqualTypeOf<(typeof always)[number]>()
    const tracker = openCore({}, [device, users, consent])
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
    const tracker = openCore()
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
    openCore().track('kept')
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
    expect(() => openCore(given)).toThrow(`Sojourn: ${name} needs its part`)
    expect(() => openCore(given, [part])).not.toThrow()
  })

  test('every one is of the core or of a part', () => {
    const unknown = Object.keys(DEFAULTS).filter((name) => {
      try {
        openCore({ [name]: DEFAULTS[name as keyof typeof DEFAULTS] })
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
    expect(() => openCore(options)).toThrow(message)
  })
})
