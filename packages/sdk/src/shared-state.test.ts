// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import {
  GIVEN,
  LAST,
  MARKER,
  NUMBER,
  OVER,
  USER_CHANGED,
  VISITOR,
  begin,
  parseStateText,
  sessionId,
  stateText,
} from '@sojourn/protocol'
import type { SharedState } from '@sojourn/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCookieJar } from './cookie-jar.ts'
import { DEFAULTS, parseOptions, readTexts } from './options.ts'
import { createSharedState } from './shared-state.ts'
import { openStorage } from './storage.ts'
import { START, clearCookies, openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const HOUR_MS = 3_600_000
const config = parseOptions({ writeKey: 'k', endpoint: '/' }, DEFAULTS, readTexts)

let browser: TestBrowser
let isGranted = true
beforeEach(() => {
  browser = openBrowser()
  isGranted = true
})
afterEach(() => void vi.restoreAllMocks())

/** The state as one tab sees it. */
function openTab() {
  const settled = vi.fn()
  const jar = createCookieJar(openStorage())
  const [read, write, commit, fresh, isReady, drop] = createSharedState(jar, config, () => isGranted, settled)
  return { read, write, commit, fresh, isReady, drop, settled }
}

type Tab = ReturnType<typeof openTab>

/** Changes the state as this tab sees it. */
function change(tab: Tab, changes: Readonly<Record<number, unknown>>): void {
  tab.write(Object.assign([...tab.read()!], changes) as SharedState)
}

/** A tab in the visitor's first session. */
async function openKnown(): Promise<Tab> {
  const tab = openTab()
  tab.isReady()
  await browser.pass(1_000)
  tab.write(begin(tab.read()!, Date.now(), 1))
  tab.commit()
  return tab
}

const text = () => document.cookie.split('sj_s=1.12.')[1]?.split(';')[0]
const put = (state: SharedState) =>
  (document.cookie = `sj_s=1.12.${stateText(state)};path=/;domain=shop.example;max-age=900`)
const microtask = () => Promise.resolve()
const visitorOf = (tab: Tab) => tab.read()![VISITOR]

describe('a first visit', () => {
  test('in eight tabs at the same instant ends with one visitor', async () => {
    // Each process of the browser sees its own writing first, and that of the others later.
    const tabs: Tab[] = []
    const made: SharedState[] = []
    for (let n = 0; n < 8; n++) {
      clearCookies()
      const tab = openTab()
      expect(tab.isReady()).toBeFalsy()
      tabs.push(tab)
      made.push(parseStateText(text())!)
    }
    const least = made.map((state) => state[VISITOR]).sort()[0]
    // The last that arrives is not the one that all settle on.
    put(made.find((state) => state[VISITOR] !== least)!)
    await browser.pass(1_000)
    for (const tab of tabs) {
      expect(tab.isReady()).toBeTruthy()
      expect(tab.settled).toHaveBeenCalledOnce()
      expect(visitorOf(tab)).toBe(least)
    }
  })

  test('is settled after a second, and no sooner', async () => {
    const tab = openTab()
    tab.isReady()
    await browser.pass(999)
    expect(tab.isReady()).toBeFalsy()
    await browser.pass(1)
    expect(tab.isReady()).toBeTruthy()
  })

  test('takes no time where the page is left', () => {
    expect(openTab().isReady(true)).toBeTruthy()
  })

  test('a tab that opens while others settle waits with them, and follows them', async () => {
    openTab().isReady()
    await browser.pass(400)
    const late = openTab()
    expect(late.isReady()).toBeFalsy()
    put(begin([0, 0, 0, 1, 0, 0, '3dbd1ac1-6a28-463a-a3c6-05593760831a', '', '', '', ''], Date.now(), 1))
    await browser.pass(1_000)
    expect(visitorOf(late)).toBe('3dbd1ac1-6a28-463a-a3c6-05593760831a')
  })

  test('of somebody who takes consent back writes nothing again', async () => {
    const tab = openTab()
    tab.isReady()
    isGranted = false
    clearCookies()
    tab.drop()
    await browser.pass(2_000)
    expect(document.cookie).toBe('')
    expect(tab.settled).not.toHaveBeenCalled()
    isGranted = true
    expect(tab.isReady()).toBeFalsy()
    await browser.pass(1_000)
    expect(tab.isReady()).toBeTruthy()
  })
})

test('somebody with a session is known at once', async () => {
  await openKnown()
  expect(openTab().isReady()).toBeTruthy()
})

test('a loop of changes is written once, at the end of the task', async () => {
  const tab = await openKnown()
  const write = vi.spyOn(document, 'cookie', 'set')
  for (const late of [1, 2, 3]) change(tab, { [LAST]: START + HOUR_MS + late })
  expect(write).not.toHaveBeenCalled()
  await microtask()
  expect(write).toHaveBeenCalledTimes(1)
})

test('activity of two tabs in the same moment counts the later one', async () => {
  const [one, other] = [await openKnown(), openTab()]
  vi.setSystemTime(START + 10_000)
  change(one, { [LAST]: START + 9_500 })
  change(other, { [LAST]: START + 9_000 })
  await microtask()
  expect(one.read()![LAST]).toBe(START + 9_500)
})

test('a tab that was slower than another does not bring an old session back', async () => {
  const [slow, quick] = [await openKnown(), openTab()]
  change(slow, { [LAST]: Date.now() + 5 })
  quick.write(Object.assign(begin(quick.read()!, Date.now(), 6), { [GIVEN]: 'next' }))
  quick.commit()
  await microtask()
  expect(slow.read()![GIVEN]).toBe('next')
  expect(slow.read()![NUMBER]).toBe(2)
})

test('a session that another tab ended stays ended', async () => {
  const [one, other] = [await openKnown(), openTab()]
  change(one, { [LAST]: Date.now() + 5 })
  change(other, { [OVER]: 6 })
  other.commit()
  await microtask()
  expect(one.read()![OVER]).toBe(6)
})

test('another user in one tab is another user in all, at once', async () => {
  const [one, other] = [await openKnown(), openTab()]
  change(other, { [LAST]: Date.now() + 5 })
  change(one, { [VISITOR]: '6ba7b810-9dad-11d1-80b4-00c04fd430c8', [MARKER]: 'a', [OVER]: USER_CHANGED })
  one.commit()
  await microtask()
  expect(visitorOf(other)).toBe('6ba7b810-9dad-11d1-80b4-00c04fd430c8')
  expect(other.read()![MARKER]).toBe('a')
})

describe('the cookie that the collector renews', () => {
  const VISITOR_ID = '3dbd1ac1-6a28-463a-a3c6-05593760831a'
  const renew = () =>
    (document.cookie = `sj_v=1.12.7.0.0.1.0.0.${VISITOR_ID}.1a2b3c4d...;path=/;domain=shop.example;max-age=900`)

  test('keeps visitor and count where the other was dropped', () => {
    renew()
    const state = openTab().read()!
    expect([state[NUMBER], state[VISITOR], state[MARKER], state[LAST]]).toEqual([
      7,
      VISITOR_ID,
      '1a2b3c4d',
      0,
    ])
    expect(begin(state, START, 2)[NUMBER]).toBe(8)
    expect(sessionId(VISITOR_ID, 7)).toMatch(/-/)
  })

  test('never wins over what the tabs share', async () => {
    const tab = await openKnown()
    const visitor = visitorOf(tab)
    renew()
    expect(visitorOf(tab)).toBe(visitor)
    document.cookie = 'sj_s=1.12.garbage;path=/;domain=shop.example'
    expect(visitorOf(tab)).toBe(VISITOR_ID)
  })
})

test('where nothing can be stored, memory holds one visitor', async () => {
  vi.spyOn(document, 'cookie', 'set').mockImplementation(() => {})
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError')
  })
  const tab = await openKnown()
  const visitor = visitorOf(tab)
  change(tab, { [LAST]: Date.now() + 1 })
  await browser.pass(1_000)
  expect(visitorOf(tab)).toBe(visitor)
  expect(tab.read()![LAST]).toBe(START + 1_001)
})

test('cookies cleared while the page is open leave nobody', async () => {
  const tab = await openKnown()
  clearCookies()
  expect(tab.read()).toBeUndefined()
})
