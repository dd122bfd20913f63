import type { WireEvent } from '@sojourn/protocol'
import type { Browser, Tab } from './engines/engine.ts'
import { waitUntil } from './engines/wait-until.ts'
import { startFakeCollector } from './fake-collector.ts'
import type { FakeCollector } from './fake-collector.ts'
import { startFixtureSite } from './fixture-site.ts'

/** The engine's own cookie jar is shared by all tests of a file: each world is a site of its own. */
let worlds = 0

/** A site with our tracker, a collector that remembers, tabs of one browser, and a clock. */
export interface World {
  readonly collector: FakeCollector
  readonly domain: string
  /** Where the site is served, on every host name. */
  readonly port: number
  /** Sets `data-` attributes beside write key and endpoint, for pages loaded from now on. */
  configure(attributes: Readonly<Record<string, string>>): void
  /** Puts a script of the page itself before the tracker, for pages loaded from now on. */
  setPageScript(script: string): void
  /** The URL of a page on the site; `subdomain` is `www` unless given. */
  url(path: string, subdomain?: string): string
  /** Opens a page of the site in a window of its own. */
  open(path?: string): Promise<Tab>
  /** Time passes: both clocks of every page move on, and no timer fires for it. */
  idle(ms: number): Promise<void>
  /** The machine sleeps, or somebody sets its clock: only the wall clock moves, by `ms` of either sign. */
  moveWallClock(ms: number): Promise<void>
  /** The wall clock of the pages, in epoch ms. */
  now(): number
  /** Events that were stored, those of one name when it is given. */
  events(name?: string): readonly WireEvent[]
  /** Waits until that many events of that name are stored, and returns all that are. */
  arrived(name: string, count?: number, timeoutMs?: number): Promise<readonly WireEvent[]>
  /** Runs an expression in all these tabs at the same real millisecond; resolves to the results, in the order of `tabs`. */
  atOnce<T>(tabs: readonly Tab[], expression: string): Promise<readonly T[]>
  /** Errors in the page's console that match belong to the test; all others fail it. */
  expectErrors(like: RegExp): void
  /** Closes the tabs and servers. Rejects when the real collector would have refused a request, or the page noticed the tracker. */
  end(): Promise<void>
}

/**
 * Makes a world of its own in a running browser. All engines resolve names under `localhost`, and trust them as they trust https;
 * with `secure: false` the site is on plain http (an engine that `maps-domains`), where there are no Web Locks.
 */
export async function openWorld(browser: Browser, { secure = true } = {}): Promise<World> {
  const domain = `shop-${worlds++}.${secure ? 'localhost' : 'test'}`
  const site = await startFixtureSite()
  const now = (): number => Date.now() + site.clock.wallMs
  const collector = await startFakeCollector(now)
  const tabs: Tab[] = []
  let expectedErrors: RegExp | undefined
  const events = (name?: string): readonly WireEvent[] =>
    collector.stored().filter((event) => name === undefined || event.name === name)

  const troubles = (): readonly string[] => [
    ...collector.faults.map((fault) => `the collector would refuse ${fault}`),
    ...site.errors
      .filter((error) => !expectedErrors?.test(error))
      .map((error) => `the page noticed ${error}`),
  ]

  const configure = (attributes: Readonly<Record<string, string>>): void =>
    site.setAttributes({
      'write-key': 'pk_test',
      endpoint: collector.url(`collect.${domain}`),
      ...attributes,
    })
  const url = (path: string, subdomain = 'www'): string => `http://${subdomain}.${domain}:${site.port}${path}`

  const moveClocks = async (wallMs: number, steadyMs: number): Promise<void> => {
    site.clock.wallMs += wallMs
    site.clock.steadyMs += steadyMs
    const setClock = `window.testClock?.set(${JSON.stringify(site.clock)})`
    // A tab that has been closed by the test has no clock any more.
    await Promise.all(tabs.map((tab) => tab.evaluate(setClock).catch(() => undefined)))
  }

  configure({})
  return {
    collector,
    domain,
    port: site.port,
    configure,
    setPageScript: site.setPageScript,
    url,
    open: async (path = '/') => {
      const tab = await browser.openTab(url(path))
      tabs.push(tab)
      return tab
    },
    idle: (ms) => moveClocks(ms, ms),
    moveWallClock: (ms) => moveClocks(ms, 0),
    now,
    events,
    arrived: async (name, count = 1, timeoutMs = 10_000) => {
      await waitUntil(
        () =>
          `${count} × ${name}; stored so far: ${events()
            .map((event) => event.name)
            .join(', ')}`,
        () => events(name).length >= count || troubles().length > 0,
        timeoutMs,
      )
      if (troubles().length > 0) throw new Error(troubles().join('; '))
      return events(name)
    },
    atOnce: async <T>(group: readonly Tab[], expression: string) => {
      const instant = Date.now() + 300 + 60 * group.length
      await Promise.all(
        group.map((tab) =>
          tab.evaluate(`void (window.testResult = testClock.at(${instant}, () => (${expression})))`),
        ),
      )
      return Promise.all(group.map((tab) => tab.evaluate<T>('window.testResult')))
    },
    expectErrors: (like) => void (expectedErrors = like),
    end: async () => {
      await Promise.all(tabs.map((tab) => tab.close().catch(() => undefined)))
      await collector.leave()
      await site.stop()
      if (troubles().length > 0) throw new Error(troubles().join('; '))
    },
  }
}
