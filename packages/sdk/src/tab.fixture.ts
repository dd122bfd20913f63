import type { EventBatch, WireEvent } from '@sojourn/protocol'
import { onTestFinished, vi } from 'vitest'
import { DEFAULTS, parseOptions, readTexts } from './options.ts'
import { startWithEverything } from './everything.ts'
import type { Automatic, Core } from './part.ts'
import type { Tracker, TrackerOptions } from './tracker.ts'

/** When the tests begin, in epoch ms. */
export const START = 1_717_055_063_243

const DEFAULT_NAMES = { page: 'page_view', track: '', identify: 'identify', engagement: 'engagement' }

/** The name of an event, as the collector names those that have none. */
export function nameOf({ name, type }: WireEvent): string {
  return name ?? DEFAULT_NAMES[type]
}

/** Tabs of one browser on one page of jsdom: they share cookies, storage, the clock and a collector that remembers. */
export interface TestBrowser {
  /** What left, in order. */
  readonly requests: { readonly url: string; readonly init: RequestInit; readonly batch: EventBatch }[]
  /** What the collector answers to the next requests: a status, headers and body; the last holds for all later ones. */
  answers: (Response | Error | Promise<Response>)[]
  /** The network. */
  fetch(url: string, init: RequestInit): Promise<Response>
  open(options?: Partial<TrackerOptions>, parts?: readonly Automatic[]): Tracker & { readonly core: Core }
  /** All events that left, in order. */
  sent(): readonly WireEvent[]
  /** Those of a name, as the collector names those that have none. */
  named(name: string): readonly WireEvent[]
  /** The names of the events in each request. */
  batches(): readonly (readonly (string | undefined)[])[]
  /** Time passes, and timers fire. */
  pass(ms: number): Promise<void>
}

/** A browser without history, on a clock that stands at `START`. */
export function openBrowser(): TestBrowser {
  vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  clearCookies()
  localStorage.clear()
  showPage(true)
  const requests: TestBrowser['requests'] = []
  const trackers: Tracker[] = []
  const browser: TestBrowser = {
    requests,
    answers: [new Response('{}')],
    async fetch(url, init) {
      requests.push({ url, init, batch: JSON.parse(init.body as string) as EventBatch })
      const answer = browser.answers.length > 1 ? browser.answers.shift()! : browser.answers[0]!
      if (answer instanceof Error) throw answer
      return (await answer).clone()
    },
    open(options, parts = []) {
      let core!: Core
      const config = parseOptions(
        { writeKey: 'pk_test', endpoint: 'https://collect.test', ...options },
        DEFAULTS,
        readTexts,
      )
      const tracker = startWithEverything(config, [...parts, (started) => (core = started)])
      trackers.push(tracker)
      return { ...tracker, core }
    },
    sent: () => requests.flatMap(({ url, batch }) => (url.endsWith('/v1/events') ? batch.events : [])),
    named: (name) => browser.sent().filter((event) => nameOf(event) === name),
    batches: () => requests.map(({ batch }) => batch.events.map(({ name }) => name)),
    pass: async (ms) => void (await vi.advanceTimersByTimeAsync(ms)),
  }
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => browser.fetch(url, init))
  onTestFinished(() => {
    for (const tracker of trackers) tracker.stop()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
  return browser
}

/** A tab whose visitor all tabs know, and from which nothing waits. */
export async function openSettled(browser: TestBrowser, options: Partial<TrackerOptions> = {}) {
  const tab = browser.open(options)
  tab.track('first')
  await browser.pass(2_000)
  browser.requests.length = 0
  return tab
}

/** An answer of the collector. */
export function answerOf(status: number, headers: Record<string, string> = {}): Response {
  return new Response('{}', { status, headers })
}

/** Removes every cookie of the site. */
export function clearCookies(): void {
  for (const part of document.cookie.split('; '))
    for (const domain of ['', ';domain=shop.example', ';domain=www.shop.example'])
      document.cookie = `${part.split('=')[0]}=;path=/;max-age=0${domain}`
}

/** Shows or hides the page, and says so as a browser does. */
export function showPage(isVisible: boolean): void {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    value: isVisible ? 'visible' : 'hidden',
  })
  Object.defineProperty(document, 'hidden', { configurable: true, value: !isVisible })
  document.dispatchEvent(new Event('visibilitychange'))
}

/** The page is left, for the back/forward cache or for ever. */
export function leavePage(): void {
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  showPage(false)
}

/** The page comes back from the back/forward cache. */
export function restorePage(): void {
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  showPage(true)
}
