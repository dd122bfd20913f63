import { chromium } from 'playwright-core'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { TRACE_CATEGORIES } from './trace.ts'
import type { TraceEvent } from './trace.ts'

/** Debian's Chromium. Every name leads to this machine, so that nothing leaves it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--host-resolver-rules=MAP * 127.0.0.1',
      '--disable-background-networking',
      '--disable-component-update',
      // With the debugger attached the browser says it is automated, and some SDKs then record nothing.
      '--disable-blink-features=AutomationControlled',
    ],
  })
}

/** A tab of a browser profile of its own, on the bench's page. */
export interface BenchPage {
  /** Runs an expression in the page; resolves to its value. */
  evaluate<T>(expression: string): Promise<T>
  /** Requests that found no server, oldest first. */
  readonly failed: readonly string[]
  /** What Chromium traces until the returned function is called. */
  trace(): Promise<() => Promise<readonly TraceEvent[]>>
  close(): Promise<void>
}

/** Opens the page; `slowdown` 4 is a processor of a quarter of the speed. */
export async function openBenchPage(browser: Browser, url: string, slowdown: number): Promise<BenchPage> {
  const context = await browser.newContext({
    userAgent:
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  })
  const page = await context.newPage()
  const failed: string[] = []
  page.on('requestfailed', (request) => void failed.push(request.url()))
  const cdp = await context.newCDPSession(page)
  await page.goto(url, { waitUntil: 'load' })
  if (slowdown !== 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  return {
    evaluate: <T>(expression: string) => page.evaluate<T>(expression),
    failed,
    trace: () => startTrace(browser, page),
    close: () => context.close(),
  }
}

async function startTrace(browser: Browser, page: Page): Promise<() => Promise<readonly TraceEvent[]>> {
  const cdp: CDPSession = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])))
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: TRACE_CATEGORIES },
  })
  return async () => {
    // The renderer writes down what it has done when it comes to rest.
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 50))')
    const complete = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()))
    await cdp.send('Tracing.end')
    await complete
    await cdp.detach()
    return events
  }
}
