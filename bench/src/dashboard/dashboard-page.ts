import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { ADMIN_TOKEN } from '../process/collector.ts'

/** How the bench's pages are opened. The dashboard's policy would forbid the bench to wait for conditions within it. */
export const LAPTOP = { viewport: { width: 1440, height: 900 }, bypassCSP: true }

/** Debian's Chromium. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-background-networking'],
  })
}

/** The address that logs in. */
export function loginLink(port: number): string {
  return `http://127.0.0.1:${port}/#token=${ADMIN_TOKEN}`
}

/** A tab of a browser profile of its own, logged in, as wide as a laptop. */
export async function openDashboard(browser: Browser, port: number): Promise<Page> {
  const context = await browser.newContext(LAPTOP)
  const page = await context.newPage()
  await page.goto(loginLink(port))
  await page.waitForSelector('.shell')
  return page
}

/** Goes to a place of the dashboard such as `sessions`, and waits for what it shows. */
export async function goTo(page: Page, place: string, shows: string): Promise<void> {
  await page.evaluate(`void (location.hash = ${JSON.stringify(`#/${place}`)})`)
  await page.waitForSelector(shows, { timeout: 180_000 })
}
