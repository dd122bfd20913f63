import puppeteer from 'puppeteer-core'
import type { Browser as Connection, Page } from 'puppeteer-core'
import type { Browser, Engine, LaunchOptions, Tab } from './engine.ts'
import { killTree } from './kill-tree.ts'
import { makeProfileDir, removeProfileDir } from './profile-dir.ts'
import { waitUntil } from './wait-until.ts'

const PROGRAM = '/usr/bin/firefox-esr'

/** Firefox takes no pattern here, so that every host is named. */
const LOCAL_HOSTS = Array.from({ length: 1_000 }, (_, number) => `shop-${number}.test`).flatMap((name) => [
  name,
  ...['www', 'app', 'collect'].map((subdomain) => `${subdomain}.${name}`),
])

const PREFERENCES = {
  'network.dns.localDomains': LOCAL_HOSTS.join(','),
  'network.proxy.type': 0,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
}

/** Firefox over WebDriver BiDi. */
export const firefox: Engine = {
  name: 'firefox',
  abilities: new Set(['keeps-profile', 'maps-domains']),
  programs: [PROGRAM],
  launch,
}

async function launch({ profileDir }: LaunchOptions = {}): Promise<Browser> {
  const profile = profileDir ?? (await makeProfileDir())
  const connection = await puppeteer.launch({
    browser: 'firefox',
    executablePath: PROGRAM,
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: PREFERENCES,
    defaultViewport: null,
    args: ['--width=1280', '--height=900'],
  })
  const child = connection.process()!
  const end = async (): Promise<void> => {
    await killTree(child)
    if (profileDir === undefined) await removeProfileDir(profile)
  }
  return {
    openTab: (url) => openTab(connection, url),
    kill: end,
    close: async () => {
      // A browser that no longer answers must not outlive the test.
      await connection.close().catch(() => undefined)
      await end()
    },
  }
}

async function openTab(connection: Connection, url?: string): Promise<Tab> {
  const tab = tabOf(connection, await connection.newPage({ type: 'window' }))
  if (url !== undefined) await tab.goto(url)
  return tab
}

function tabOf(connection: Connection, page: Page): Tab {
  const evaluate = async <T>(expression: string): Promise<T> => (await page.evaluate(expression)) as T
  const see = (wanted: 'visible' | 'hidden'): Promise<boolean> =>
    waitUntil(`a ${wanted} tab`, async () => (await evaluate('document.visibilityState')) === wanted)
  let cover: Page | undefined
  return {
    goto: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
    leaveTo: (url) => evaluate(`void (location.href = ${JSON.stringify(url)})`),
    evaluate,
    click: (selector) => page.click(selector),
    type: (selector, text) => page.type(selector, text),
    back: async () => {
      // page.goBack() waits for a load event, which a page from the back/forward cache does not have.
      const before = await evaluate('performance.timeOrigin')
      await evaluate('void history.back()')
      await waitUntil('the page before', async () => (await evaluate('performance.timeOrigin')) !== before)
    },
    hide: async () => {
      await page.bringToFront()
      cover = await connection.newPage()
      await cover.bringToFront()
      await see('hidden')
    },
    show: async () => {
      await cover?.close()
      cover = undefined
      await page.bringToFront()
      await see('visible')
    },
    freeze: () => Promise.reject(new Error('Firefox has no way to freeze a tab')),
    thaw: () => Promise.reject(new Error('Firefox has no way to freeze a tab')),
    cookies: async () => (await page.cookies()).map(({ name, value, domain }) => ({ name, value, domain })),
    screenshot: async (path) => void (await page.screenshot({ path: path as `${string}.png` })),
    close: () => page.close(),
  }
}
