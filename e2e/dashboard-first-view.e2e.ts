import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TOKEN } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import { startChromium } from './dashboard/dashboard-page.ts'
import { startSeededCollector } from './dashboard/seeded-collector.ts'

const MAX_FIRST_VIEW_BYTES = 100_000

let collector: CollectorProcess
let browser: Browser

beforeAll(async () => {
  collector = await startSeededCollector()
  browser = await startChromium()
}, 120_000)

afterAll(async () => {
  await browser.close()
  await collector.end()
})

test('the first view travels packed and is small, and the next one brings no file again', async () => {
  const page = await (await browser.newContext()).newPage()
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const files = new Map<string, string>()
  let bytes = 0
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (!response.url.includes('/v1/')) files.set(requestId, response.url)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (files.has(requestId)) bytes += encodedDataLength
  })
  await page.goto(`http://127.0.0.1:${collector.port}/#token=${TOKEN}`)
  await page.waitForSelector('.tile-value')
  const first = bytes
  expect([...files.values()].filter((url) => url.includes('/assets/')).length).toBeGreaterThan(2)
  expect(first).toBeGreaterThan(10_000)
  expect(first).toBeLessThanOrEqual(MAX_FIRST_VIEW_BYTES)

  const packed = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.includes('/assets/') && name.endsWith('.js'))
      .map(({ encodedBodySize, decodedBodySize }) => encodedBodySize / decodedBodySize),
  )
  for (const ratio of packed) expect(ratio).toBeLessThan(0.75)

  bytes = 0
  await page.goto('about:blank')
  await page.goto(`http://127.0.0.1:${collector.port}/`)
  await page.waitForSelector('.tile-value')
  expect(bytes, 'bytes of the second view').toBeLessThan(first / 10)
})

test('who goes elsewhere while the first page still asks stays there', async () => {
  const page = await (await browser.newContext()).newPage()
  // The page is told of its new address late, as it is when an answer comes at the same moment.
  await page.addInitScript(() =>
    addEventListener('hashchange', (event) => event.stopImmediatePropagation(), { capture: true }),
  )
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/v1/events?limit=1', async (route) => {
    await released
    await route.continue()
  })
  await page.goto(`http://127.0.0.1:${collector.port}/#token=${TOKEN}`)
  await page.waitForSelector('.waiting')
  await page.evaluate(() => void (location.hash = '#/sessions?device=mobile'))
  const answered = page.waitForResponse('**/v1/events?limit=1')
  release()
  await (await answered).finished()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 200))))
  expect(await page.evaluate(() => location.hash)).toBe('#/sessions?device=mobile')
})
