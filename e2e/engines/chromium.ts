import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chromium as playwright } from 'playwright-core'
import type { Browser as Connection, BrowserContext, CDPSession, Page } from 'playwright-core'
import type { Browser, Cookie, Engine, LaunchOptions, Tab } from './engine.ts'
import { killTree } from './kill-tree.ts'
import { makeProfileDir, removeProfileDir } from './profile-dir.ts'
import { waitUntil } from './wait-until.ts'

const PROGRAM = '/usr/bin/chromium'

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--window-size=1280,900',
  '--lang=en-US',
  '--host-resolver-rules=MAP *.test 127.0.0.1',
  '--remote-debugging-port=0',
]

/**
 * Chromium over its own protocol. It is started here and not by Playwright, so that its process can be killed, its
 * back/forward cache stays on, and its tabs are really hidden (Playwright makes all of them look focused).
 */
export const chromium: Engine = {
  name: 'chromium',
  abilities: new Set(['keeps-profile', 'maps-domains', 'freezes-tabs']),
  programs: [PROGRAM],
  launch,
}

async function launch({ profileDir }: LaunchOptions = {}): Promise<Browser> {
  const profile = profileDir ?? (await makeProfileDir())
  const child = spawn(PROGRAM, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    detached: true,
    env: { ...process.env, TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const connection = await playwright.connectOverCDP(await debuggerUrl(child), { noDefaults: true })
  const context = connection.contexts()[0]!
  const control = await connection.newBrowserCDPSession()
  const end = async (): Promise<void> => {
    await connection.close()
    await killTree(child)
    if (profileDir === undefined) await removeProfileDir(profile)
  }
  return {
    openTab: (url) => openTab(context, control, url),
    kill: () => killTree(child).then(end),
    close: async () => {
      // A browser that no longer answers must not outlive the test.
      await quit(connection, control, child).catch(() => undefined)
      await end()
    },
  }
}

/** Chromium prints the URL of its debugger on the error stream. */
function debuggerUrl(child: ChildProcess): Promise<string> {
  let printed = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (printed += text))
  return waitUntil(
    'the debugger of Chromium',
    () => /DevTools listening on (\S+)/.exec(printed)?.[1] ?? '',
    30_000,
  )
}

/** An orderly end writes cookies and storage to the profile. */
async function quit(connection: Connection, control: CDPSession, child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => connection.once('disconnected', () => resolve()))
  await control.send('Browser.close').catch(() => undefined)
  await gone
  await waitUntil('the end of Chromium', () => child.exitCode !== null || child.signalCode !== null)
}

async function openTab(context: BrowserContext, control: CDPSession, url?: string): Promise<Tab> {
  const opened = context.waitForEvent('page')
  await control.send('Target.createTarget', { url: 'about:blank', newWindow: true })
  const page = await opened
  const tab = tabOf(page, await context.newCDPSession(page))
  if (url !== undefined) await tab.goto(url)
  return tab
}

function tabOf(page: Page, cdp: CDPSession): Tab {
  const evaluate = async <T>(expression: string): Promise<T> => {
    const answer = await cdp.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    const { exceptionDetails: failed } = answer
    if (failed) throw new Error(failed.exception?.description ?? failed.text)
    return answer.result.value as T
  }
  const setWindowState = async (windowState: 'minimized' | 'normal'): Promise<void> => {
    const { windowId } = await cdp.send('Browser.getWindowForTarget')
    await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState } })
    const wanted = windowState === 'normal' ? 'visible' : 'hidden'
    await waitUntil(`a ${wanted} tab`, async () => (await evaluate('document.visibilityState')) === wanted)
  }
  return {
    goto: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
    leaveTo: (url) => evaluate(`void (location.href = ${JSON.stringify(url)})`),
    evaluate,
    click: (selector) => page.click(selector),
    type: (selector, text) => page.locator(selector).pressSequentially(text),
    back: async () => {
      const before = await evaluate('performance.timeOrigin')
      await evaluate('void history.back()')
      await waitUntil('the page before', async () => (await evaluate('performance.timeOrigin')) !== before)
    },
    hide: () => setWindowState('minimized'),
    show: () => setWindowState('normal'),
    freeze: async () => void (await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })),
    thaw: async () => void (await cdp.send('Page.setWebLifecycleState', { state: 'active' })),
    cookies: async () => (await cdp.send('Network.getCookies')).cookies.map(cookieOf),
    screenshot: async (path) => void (await page.screenshot({ path })),
    close: () => page.close(),
  }
}

function cookieOf({ name, value, domain }: Cookie): Cookie {
  return { name, value, domain }
}
