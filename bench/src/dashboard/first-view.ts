import type { Browser } from 'playwright-core'
import type { Figure } from '../figure.ts'
import { median } from '../load/percentile.ts'
import { askJson } from '../process/ask.ts'
import { ADMIN_TOKEN } from '../process/collector.ts'
import { LAPTOP, loginLink } from './dashboard-page.ts'

/** How long all that a page asked for may take, in ms. */
const QUIET_MS = 600_000

interface FirstView {
  readonly bytes: number
  /** From the navigation to figures on the page, with which it can be used. */
  readonly usableMs: number
  /** From the navigation to a page whose menu is drawn and reacts; what it tells may still be on its way. */
  readonly interactiveMs: number
}

/** What a browser that has never been here loads, and how soon it can be used. The collector has answered the same before. */
export async function measureFirstView(
  browser: Browser,
  port: number,
  rounds: number,
): Promise<readonly Figure[]> {
  const views: FirstView[] = []
  for (let round = 0; round <= rounds; round++) {
    views.push(await openFresh(browser, port))
    // What the last one asked for may still be counted; an answer behind it says that it is done.
    const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` }
    await askJson({ port, path: '/v1/sessions?limit=1', headers, timeoutMs: QUIET_MS })
  }
  const warm = views.slice(1)
  return [
    {
      name: 'first view, files, compressed',
      value: warm[0]!.bytes / 1000,
      unit: 'kB',
      promise: { atMost: 100 },
    },
    {
      name: 'first view, interactive',
      value: median(warm.map(({ interactiveMs }) => interactiveMs)),
      unit: 'ms',
      promise: { atMost: 1000 },
      note: 'the menu is drawn, and reacts',
    },
    {
      name: 'first view, its figures on the page',
      value: median(warm.map(({ usableMs }) => usableMs)),
      unit: 'ms',
    },
  ]
}

async function openFresh(browser: Browser, port: number): Promise<FirstView> {
  const context = await browser.newContext(LAPTOP)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  const files = new Set<string>()
  let bytes = 0
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    if (!response.url.includes('/v1/')) files.add(requestId)
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (files.has(requestId)) bytes += encodedDataLength
  })
  await page.addInitScript(watch)
  await page.goto(loginLink(port))
  await page.waitForFunction('window.seen?.usableMs > 0', undefined, { timeout: QUIET_MS })
  const seen = await page.evaluate<Omit<FirstView, 'bytes'>>('window.seen')
  await context.close()
  return { ...seen, bytes }
}

/** Runs in the page: when its navigation, and when its figures, have been drawn and the main thread is free again. */
const watch = `(() => {
  window.seen = {}
  const note = (name) => setTimeout(() => (window.seen[name] ??= performance.now()))
  const look = () => {
    if (document.querySelector('.shell nav a')) note('interactiveMs')
    if (document.querySelector('.tile-value')) note('usableMs')
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()`
