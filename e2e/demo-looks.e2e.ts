import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCollectorProcess } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'

const FOLDER = fileURLToPath(new URL('./screenshots/', import.meta.url))

const PAGES = [
  '',
  'marketing/',
  'marketing/pricing.html',
  'marketing/journal.html',
  'docs/',
  'docs/alerts.html',
  'product/',
  'product/harbours.html',
  'product/checkout.html',
]

let collector: CollectorProcess
let browser: Browser

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true })
  collector = await startCollectorProcess()
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox'],
  })
})

afterAll(async () => {
  await browser.close()
  await collector.end()
})

const looks = (['light', 'dark'] as const).flatMap((scheme) =>
  [360, 1280].map((width) => ({ scheme, width })),
)

test.each(looks)(
  'the demo fits $width px in $scheme, and the strict CSP stops nothing',
  async ({ scheme, width }) => {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 820 } })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    for (const path of PAGES) {
      await page.goto(`http://127.0.0.1:${collector.port}/demo/${path}`)
      if (path !== '') await page.waitForSelector('[data-session-bar]:not([hidden])')
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(overflow, `${path} is wider than the screen by this many px`).toBeLessThanOrEqual(0)
      const name = path.replaceAll('/', '-').replace('.html', '') || 'index'
      await page.screenshot({ path: `${FOLDER}demo-${name}-${width}-${scheme}.png` })
    }
    expect(complaints).toEqual([])
    await context.close()
  },
)
