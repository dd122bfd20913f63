// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart?x=1" }
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})
afterEach(() => void vi.restoreAllMocks())

describe('users', () => {
  test('a first identify keeps visitor and session', async () => {
    const tab = browser.open()
    tab.track('as_nobody')
    await browser.pass(2_000)
    tab.identify('u-1')
    tab.track('as_one')
    await browser.pass(2_000)
    const [before, ...after] = browser.sent()
    expect(after.map(({ userId }) => userId)).toEqual(['u-1', 'u-1'])
    for (const { visitorId, session } of after)
      expect([visitorId, session]).toEqual([before!.visitorId, before!.session])
  })

  test('another user is another visitor, which all tabs derive alike', async () => {
    const [one, other] = [browser.open(), browser.open()]
    one.identify('u-1')
    await browser.pass(1_000)
    const { visitorId } = browser.sent()[0]!
    one.identify('u-2')
    other.identify('u-2')
    await browser.pass(2_000)
    const ids = browser.named('identify').filter(({ userId }) => userId === 'u-2')
    expect(ids.map((event) => event.visitorId)).toEqual(Array(2).fill(ids[0]!.visitorId))
    expect(ids[0]!.visitorId).not.toBe(visitorId)
    expect(ids.map(({ session }) => session!.number)).toEqual([2, 2])
    one.reset()
    one.identify('u-2')
    other.track('after')
    await browser.pass(2_000)
    expect(ids.map((event) => event.visitorId)).not.toContain(browser.named('after')[0]!.visitorId)
  })

  test('another user within the first second leaves what happened before alone', async () => {
    const tab = browser.open()
    tab.track('as_nobody')
    await browser.pass(100)
    tab.identify('u-1')
    tab.identify('u-2')
    tab.track('as_two')
    await browser.pass(3_000)
    expect(browser.named('as_nobody')[0]!.userId).toBeUndefined()
    expect(browser.named('as_two')[0]!.visitorId).not.toBe(browser.named('as_nobody')[0]!.visitorId)
  })

  test('the known user is known to the next page, and not to one that cannot read its id', async () => {
    browser.open().identify('u-1')
    await browser.pass(2_000)
    browser.open().track('next_page')
    localStorage.removeItem('sj_u')
    browser.open().track('sub_domain')
    await browser.pass(2_000)
    expect(browser.named('next_page')[0]!.userId).toBe('u-1')
    expect(browser.named('sub_domain')[0]!.userId).toBeUndefined()
    const { visitorId } = browser.named('sub_domain')[0]!
    browser.open().identify('u-1')
    await browser.pass(2_000)
    expect(browser.named('identify').at(-1)).toMatchObject({ visitorId, userId: 'u-1' })
  })

  test("a stale user id beside another user's marker is nobody's", async () => {
    browser.open().identify('u-1')
    await browser.pass(2_000)
    localStorage.setItem('sj_u', 'u-2')
    browser.open().track('after')
    await browser.pass(2_000)
    expect(browser.named('after')[0]!.userId).toBeUndefined()
  })
})
