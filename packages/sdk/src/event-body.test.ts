// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart?x=1" }
import { sessionId } from '@sojourn/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})
afterEach(() => void vi.restoreAllMocks())

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
    const [event] = browser.named('named')
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
      expect(browser.named('after')[0]!.userId).toBeUndefined()
      expect(browser.named('identify')).toEqual([])
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
    expect(browser.named('looped')).toHaveLength(1_000)
    expect(browser.requests[0]!.batch.context!.dropped).toBe(9_000)
  })
})
