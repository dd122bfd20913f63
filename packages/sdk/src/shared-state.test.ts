// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import { parseVisitorText, sessionId } from '@sojourn/protocol'
import type { SessionState } from '@sojourn/protocol'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createCookieJar } from './cookie-jar.ts'
import { createSharedState } from './shared-state.ts'
import type { SharedState } from './shared-state.ts'
import { START, clearCookies, openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const HOUR_MS = 3_600_000

/** The state as one tab sees it, and the ids that it has corrected. */
function openTab({ env }: TestBrowser): SharedState & { readonly corrected: [string, string][] } {
  const corrected: [string, string][] = []
  const state = createSharedState(env, createCookieJar(env), (...pair) => corrected.push(pair))
  return { ...state, corrected }
}

/** The first session of whoever the tab takes the visitor for. */
function beginIn(tab: SharedState, changes: Partial<SessionState> = {}): void {
  const shared = tab.readOrCreate()
  const id = sessionId(shared.visitorId, 1)
  const now = Date.now()
  tab.write({
    ...shared,
    session: { id, number: 1, startedAt: now, lastActivity: now, startReason: 'first', ...changes },
  })
}

const cookie = (name: string) => document.cookie.split(`${name}=`)[1]?.split(';')[0]
const microtask = () => Promise.resolve()

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
})

describe.each([
  ['with locks', true],
  ['without', false],
])('a first visit %s', (_, locks) => {
  beforeEach(() => {
    browser = openBrowser({ locks })
  })

  test('in eight tabs at the same instant ends with one visitor', async () => {
    const tabs = Array.from({ length: 8 }, () => openTab(browser))
    for (const tab of tabs) beginIn(tab)
    const made = tabs.map((tab) => tab.read()!.visitorId)
    expect(new Set(made).size).toBe(8)
    await browser.pass(1_000)
    const visitor = parseVisitorText(cookie('sj_v'))!.visitorId
    for (const [i, tab] of tabs.entries()) {
      expect(tab.settled()).toBeUndefined()
      expect(tab.read()!.visitorId).toBe(visitor)
      expect(tab.read()!.session!.id).toBe(sessionId(visitor, 1))
      expect(tab.corrected.at(-1)?.[1]).toBe(made[i] === visitor ? undefined : visitor)
    }
  })

  test('is settled after a second', async () => {
    const tab = openTab(browser)
    beginIn(tab)
    await browser.pass(999)
    expect(tab.settled()).toBeDefined()
    await browser.pass(1)
    expect(tab.settled()).toBeUndefined()
  })
})

test('a tab that opens while others settle waits with them, and follows them', async () => {
  const early = openTab(browser)
  beginIn(early)
  await browser.pass(100)
  const late = openTab(browser)
  beginIn(late)
  expect(late.settled()).toBeDefined()
  document.cookie = `sj_v=1.2.3dbd1ac1-6a28-463a-a3c6-05593760831a.1.;path=/;domain=shop.example`
  await browser.pass(1_000)
  expect(late.read()!.visitorId).toBe('3dbd1ac1-6a28-463a-a3c6-05593760831a')
  expect(late.corrected).toHaveLength(1)
})

test('a loop of changes is written once, at the end of the task', async () => {
  const tab = openTab(browser)
  beginIn(tab)
  await browser.pass(1_000)
  const write = vi.spyOn(document, 'cookie', 'set')
  for (const late of [1, 2, 3]) beginIn(tab, { lastActivity: START + HOUR_MS + late })
  expect(write).not.toHaveBeenCalled()
  await microtask()
  expect(write).toHaveBeenCalledTimes(1)
  write.mockRestore()
})

test('activity of two tabs in the same moment counts the later one', async () => {
  const [one, other] = [openTab(browser), openTab(browser)]
  beginIn(one)
  await browser.pass(1_000)
  beginIn(one, { startedAt: START, lastActivity: START + 9_500 })
  await microtask()
  beginIn(other, { startedAt: START, lastActivity: START + 9_000 })
  await microtask()
  expect(one.read()!.session!.lastActivity).toBe(START + 9_500)
})

test('a tab that was slower than another does not bring an old session back', async () => {
  const [slow, quick] = [openTab(browser), openTab(browser)]
  beginIn(slow)
  await browser.pass(1_000)
  beginIn(slow, { lastActivity: START + HOUR_MS })
  const shared = quick.read()!
  quick.write({ ...shared, session: { ...shared.session!, id: 'next', number: 2, startReason: 'manual' } })
  quick.commit()
  await microtask()
  expect(slow.read()!.session).toMatchObject({ id: 'next', number: 2 })
})

test('a session that another tab ended stays ended', async () => {
  const [one, other] = [openTab(browser), openTab(browser)]
  beginIn(one)
  await browser.pass(1_000)
  beginIn(one, { lastActivity: START + 1_000 })
  const shared = other.read()!
  other.write({ ...shared, session: { ...shared.session!, over: 'manual' } })
  other.commit()
  await microtask()
  expect(one.read()!.session!.over).toBe('manual')
})

test('another user in one tab is another user in all, at once', async () => {
  const [one, other] = [openTab(browser), openTab(browser)]
  beginIn(one)
  await browser.pass(1_000)
  beginIn(other, { lastActivity: START + 1_000 })
  one.write({ ...one.read()!, visitorId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8', userMarker: 'a' })
  await microtask()
  expect(other.read()).toMatchObject({ visitorId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8', userMarker: 'a' })
})

test('a lost session cookie costs neither the visitor nor the count', async () => {
  const tab = openTab(browser)
  beginIn(tab, { number: 7 })
  await browser.pass(1_000)
  document.cookie = 'sj_s=;path=/;domain=shop.example;max-age=0'
  expect(openTab(browser).read()!.session).toMatchObject({ id: '', number: 7, lastActivity: 0 })
})

test("one tab's visitor beside another's first session is that visitor's first session", async () => {
  const tab = openTab(browser)
  beginIn(tab)
  await browser.pass(1_000)
  document.cookie = `sj_v=1.2.3dbd1ac1-6a28-463a-a3c6-05593760831a.1.;path=/;domain=shop.example`
  expect(tab.read()!.session!.id).toBe(sessionId('3dbd1ac1-6a28-463a-a3c6-05593760831a', 1))
})

test('where nothing can be stored, memory holds one visitor', async () => {
  vi.spyOn(document, 'cookie', 'set').mockImplementation(() => {})
  const refusing = { ...browser, env: { ...browser.env, save: () => false } }
  const tab = openTab(refusing)
  beginIn(tab)
  const { visitorId } = tab.read()!
  await browser.pass(1_000)
  beginIn(tab, { lastActivity: START + 1 })
  await browser.pass(1_000)
  expect(tab.read()).toMatchObject({ visitorId, session: { lastActivity: START + 1 } })
  vi.restoreAllMocks()
})

test('cookies cleared while the page is open make a new visitor', async () => {
  const tab = openTab(browser)
  beginIn(tab)
  await browser.pass(1_000)
  const { visitorId } = tab.read()!
  clearCookies()
  expect(tab.read()).toBeUndefined()
  expect(tab.readOrCreate().visitorId).not.toBe(visitorId)
})
