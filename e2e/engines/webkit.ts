import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { startDisplay } from './display.ts'
import type { Browser, Engine, Tab } from './engine.ts'
import { killTree } from './kill-tree.ts'
import { waitUntil } from './wait-until.ts'
import { openWebDriver } from './webdriver.ts'
import type { WebDriver } from './webdriver.ts'

const DRIVER = '/usr/bin/WebKitWebDriver'
const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'

/** WebKitGTK's MiniBrowser over W3C WebDriver, in a virtual display. */
export const webkit: Engine = {
  name: 'webkit',
  abilities: new Set([]),
  programs: [DRIVER, MINI_BROWSER, '/usr/bin/Xvfb'],
  launch,
}

async function launch(): Promise<Browser> {
  const display = await startDisplay()
  const port = await freePort()
  const driver = spawn(DRIVER, [`--port=${port}`], {
    detached: true,
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display.name,
      NO_AT_BRIDGE: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      // WebKit's own sandbox needs user namespaces, which containers do not give; only our own pages are loaded.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  })
  const base = `http://127.0.0.1:${port}`
  await waitUntil('WebKitWebDriver', async () => (await fetch(`${base}/status`)).ok)
  const session = await openWebDriver(base, {
    'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] },
  })
  const kill = async (): Promise<void> => {
    await killTree(driver)
    await killTree(display.process)
  }
  return {
    openTab: (url) => openTab(session, url),
    kill,
    close: async () => {
      // A browser that no longer answers must not outlive the test.
      await session.quit().catch(() => undefined)
      await kill()
    },
  }
}

/** A port that was free a moment ago; the driver cannot choose one by itself. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

async function openTab(session: WebDriver, url?: string): Promise<Tab> {
  const handle = await session.newWindow()
  const evaluate = <T>(expression: string): Promise<T> =>
    session.inWindow(handle, (window) => window.evaluate<T>(expression))
  const see = (wanted: 'visible' | 'hidden'): Promise<boolean> =>
    waitUntil(`a ${wanted} tab`, async () => (await evaluate('document.visibilityState')) === wanted)
  const tab: Tab = {
    goto: (target) => session.inWindow(handle, (window) => window.navigate(target)),
    leaveTo: (target) => evaluate(`void (location.href = ${JSON.stringify(target)})`),
    evaluate,
    click: (selector) => session.inWindow(handle, (window) => window.click(selector)),
    type: (selector, text) => session.inWindow(handle, (window) => window.type(selector, text)),
    back: () => session.inWindow(handle, (window) => window.back()),
    hide: async () => {
      await session.inWindow(handle, (window) => window.minimize())
      await see('hidden')
    },
    show: async () => {
      await session.inWindow(handle, (window) => window.restore())
      await see('visible')
    },
    freeze: () => Promise.reject(new Error('WebKit has no way to freeze a tab')),
    thaw: () => Promise.reject(new Error('WebKit has no way to freeze a tab')),
    cookies: () =>
      session.inWindow(handle, async (window) =>
        (await window.cookies()).map(({ name, value, domain }) => ({ name, value, domain })),
      ),
    screenshot: (path) =>
      session.inWindow(handle, async (window) => writeFile(path, await window.screenshot(), 'base64')),
    close: () => session.inWindow(handle, (window) => window.close()),
  }
  if (url !== undefined) await tab.goto(url)
  return tab
}
