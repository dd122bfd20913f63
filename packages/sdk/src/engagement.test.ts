// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import { beforeEach, expect, test, vi } from 'vitest'
import { trackEngagement } from './engagement.ts'
import { openBrowser, showPage } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const MINUTE_MS = 60_000
const hasFocus = vi.spyOn(document, 'hasFocus')

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
  hasFocus.mockReturnValue(true)
})

async function engagements() {
  await browser.pass(2_000)
  return browser
    .sent()
    .filter(({ type }) => type === 'engagement')
    .map(({ properties, passive, session }) => ({ ...properties, passive, number: session?.number }))
}

test('is the time that the page was seen, told when it is hidden, once', async () => {
  const tab = browser.open({}, [trackEngagement])
  tab.page()
  await browser.pass(10_000)
  showPage(false)
  await browser.pass(MINUTE_MS)
  showPage(true)
  await browser.pass(5_000)
  showPage(false)
  expect(await engagements()).toEqual([
    { engagedMs: 10_000, passive: true, number: 1 },
    { engagedMs: 5_000, passive: true, number: 1 },
  ])
  expect(tab.session()!.lastActivity).toBe(tab.session()!.startedAt)
})

test('is not the time in which another window had the focus', async () => {
  browser.open({}, [trackEngagement]).page()
  await browser.pass(3_000)
  hasFocus.mockReturnValue(false)
  window.dispatchEvent(new Event('blur'))
  await browser.pass(MINUTE_MS)
  hasFocus.mockReturnValue(true)
  window.dispatchEvent(new Event('focus'))
  await browser.pass(4_000)
  showPage(false)
  expect(await engagements()).toEqual([{ engagedMs: 7_000, passive: true, number: 1 }])
})

test('is not told below a second, but kept', async () => {
  browser.open({}, [trackEngagement]).page()
  for (let glance = 0; glance < 3; glance++) {
    await browser.pass(400)
    showPage(false)
    showPage(true)
  }
  expect(await engagements()).toEqual([{ engagedMs: 1_200, passive: true, number: 1 }])
})

test('stays with the session and the page in which it was measured', async () => {
  const tab = browser.open({}, [trackEngagement])
  tab.page()
  await browser.pass(5_000)
  tab.startSession()
  tab.track('in_the_next')
  await browser.pass(3_000)
  history.pushState(null, '', '/other')
  tab.page()
  await browser.pass(2_000)
  showPage(false)
  expect(await engagements()).toEqual([
    { engagedMs: 5_000, passive: true, number: 1 },
    { engagedMs: 3_000, passive: true, number: 2 },
    { engagedMs: 2_000, passive: true, number: 2 },
  ])
  const paths = browser
    .sent()
    .flatMap(({ type, page }) => (type === 'engagement' ? [new URL(page!.url!).pathname] : []))
  expect(paths).toEqual(['/', '/', '/other'])
  history.pushState(null, '', '/')
})

test('is no longer than the timeout at a time: the machine slept', async () => {
  browser.open({}, [trackEngagement]).page()
  await browser.pass(2_000)
  const awake = performance.now() + 500 * MINUTE_MS
  vi.spyOn(performance, 'now').mockReturnValue(awake)
  showPage(false)
  vi.mocked(performance.now).mockRestore()
  const [slept] = await engagements()
  expect(slept).toEqual({ engagedMs: 30 * MINUTE_MS, passive: true, number: 1 })
})

test('is none without a page view or event before', async () => {
  browser.open({}, [trackEngagement])
  await browser.pass(5_000)
  showPage(false)
  expect(await engagements()).toEqual([])
})
