import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { TOKEN } from '../collector-process.ts'
import type { CollectorProcess } from '../collector-process.ts'

export interface Look {
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
}

/** A page of the dashboard, logged in by the link, and all that browser and policy complained of in it. */
export interface DashboardPage {
  readonly page: Page
  readonly complaints: readonly string[]
  /** Goes to a place such as `sessions?device=mobile`, within the page, and waits until nothing is loading. */
  go(place: string): Promise<void>
  close(): Promise<void>
}

const WIDE: Look = { width: 1440, height: 900, scheme: 'light' }

/** Starts the Chromium of this machine. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless=new', '--no-sandbox'] })
}

/** Opens the dashboard by its login link, in a context of its own. */
export async function openDashboard(
  browser: Browser,
  collector: CollectorProcess,
  { width, height, scheme }: Look = WIDE,
): Promise<DashboardPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: 'en-GB',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    // What the API does not offer it answers with 404, and the browser says so in its console.
    const isRefusal = message.location().url.includes('/v1/')
    if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text())
  })
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`),
    )
  })
  const base = `http://127.0.0.1:${collector.port}/`
  await page.goto(`${base}#token=${TOKEN}`)
  await page.waitForSelector('.shell')
  return {
    page,
    complaints,
    go: async (place) => {
      await page.evaluate((hash) => void (location.hash = hash), `#/${place}`)
      // The page is drawn anew in the next frame; what it then asks for shows as loading.
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))),
      )
      await page.waitForFunction(
        () => document.querySelector('h1') && !document.querySelector('.waiting, [aria-busy=true]'),
      )
    },
    close: () => context.close(),
  }
}
