import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCollectorProcess } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import { openDashboard, startChromium } from './dashboard/dashboard-page.ts'

let collector: CollectorProcess
let browser: Browser

beforeAll(async () => {
  collector = await startCollectorProcess()
  browser = await startChromium()
})

afterAll(async () => {
  await browser.close()
  await collector.end()
})

test('the first minutes: a snippet with the real key, and the first event leads on to the live view', async () => {
  const { page, complaints } = await openDashboard(browser, collector)
  await page.waitForSelector('text=Waiting for the first event')
  expect(await page.textContent('.snippet')).toContain('data-write-key="pk_demo_')
  const inset = await page.evaluate(
    () =>
      document.querySelector('.snippet > p')!.getBoundingClientRect().left -
      document.querySelector('.welcome .panel')!.getBoundingClientRect().left,
  )
  expect(inset, 'the words stand apart from the edge').toBeGreaterThan(10)
  for (const way of ['npm', 'Plain HTTP']) {
    await page.click(`[role=tab]:has-text("${way}")`)
    expect(await page.textContent('.snippet pre')).toContain('pk_demo_')
  }
  const visitor = await browser.newPage()
  await visitor.goto(`http://127.0.0.1:${collector.port}/demo/marketing/`)
  await page.waitForURL(/#\/live/, { timeout: 15_000 })
  await page.waitForSelector('.live-list >> text=page_view')
  await page.waitForSelector('.big-number:has-text("1")')
  await collector.stop()
  await page.waitForSelector('text=The collector does not answer', { timeout: 20_000 })
  await collector.start()
  await page.waitForSelector('[role=alert]', { state: 'detached', timeout: 20_000 })
  await visitor.goto(`http://127.0.0.1:${collector.port}/demo/docs/`)
  await page.waitForSelector('.live-list >> text=/demo/docs/', { timeout: 20_000 })
  expect(complaints.filter((each) => !each.includes('ERR_CONNECTION_REFUSED'))).toEqual([])
})
