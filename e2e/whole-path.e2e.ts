import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCollectorProcess } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import { chromium } from './engines/chromium.ts'
import type { Browser, Tab } from './engines/engine.ts'
import { waitUntil } from './engines/wait-until.ts'
import { startShortTimeoutProxy } from './short-timeout-proxy.ts'
import type { ShortTimeoutProxy } from './short-timeout-proxy.ts'

const TIMEOUT_MS = 4_000

const UUID = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const CAMPAIGN = { source: 'letter', medium: 'email', campaign: 'june' }

/** The parts of the read API's answers that the test computes with; the sessions are compared whole. */
interface StoredSession {
  readonly id: string
  readonly visitor: { readonly id: string }
  readonly metadata: {
    readonly time: { readonly insert: string; readonly timestamp: number; readonly weekday: number }
  }
}
interface StoredEvent {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly time: string | number
  readonly passive: boolean
}

let collector: CollectorProcess
let proxy: ShortTimeoutProxy
let browser: Browser

beforeAll(async () => {
  collector = await startCollectorProcess()
  proxy = await startShortTimeoutProxy(() => collector.port, TIMEOUT_MS)
  browser = await chromium.launch()
})

afterAll(async () => {
  await browser.close()
  await proxy.stop()
  await collector.end()
})

/** Waits until a page with our tracker has come up at that path, and returns its session. */
async function arrive(tab: Tab, path: string): Promise<{ readonly id: string; readonly number: number }> {
  await waitUntil(path, () =>
    tab.evaluate(`location.pathname === ${JSON.stringify(path)} && document.readyState === 'complete'`),
  )
  return waitUntil('the tracker', () => tab.evaluate<{ id: string; number: number }>('sojourn.session()'))
}

/** All stored events that are not passive, oldest first, as `name path`. */
async function story(sessionId: string): Promise<readonly string[]> {
  const { events } = await collector.read<{ events: (StoredEvent & { page?: { path?: string } })[] }>(
    `/v1/sessions/${sessionId}/events?limit=500`,
  )
  return events.filter(({ passive }) => !passive).map(({ name, page }) => `${name} ${page?.path}`)
}

test('a visit to the demo becomes the sessions it should, through restarts of the collector', async () => {
  const at = `http://127.0.0.1:${proxy.port}`
  const tab = await browser.openTab(`http://news.localhost:${proxy.port}/letter`)

  // From a campaign link, reading, to the docs and back.
  await tab.click('#campaign')
  const first = await arrive(tab, '/demo/marketing/')
  expect(first).toMatchObject({ number: 1 })
  await tab.click('nav a[href="/demo/marketing/journal.html"]')
  await arrive(tab, '/demo/marketing/journal.html')
  await tab.click('[data-sojourn-event=story_finished]')
  await arrive(tab, '/demo/docs/alerts.html')

  // The collector is restarted while the visitor goes on: what happens meanwhile waits in the browser.
  expect(await collector.stop()).toBe(0)
  await tab.evaluate(`sojourn.track('read_while_down', { minutes: 2 }, { tags: ['reading'] })`)
  await collector.start()
  await tab.click('nav a[href="/demo/marketing/"]')
  await arrive(tab, '/demo/marketing/')

  // A form, with the collector killed as soon as the page has moved on.
  await tab.type('#email', 'ada@example.org')
  await tab.click('#join')
  await arrive(tab, '/demo/marketing/welcome.html')
  await collector.kill()
  await collector.start()
  await tab.goto(`${at}/demo/marketing/pricing.html`)
  await arrive(tab, '/demo/marketing/pricing.html')

  // A plan, a login.
  await tab.click('#plan-crew')
  await arrive(tab, '/demo/product/')
  await tab.type('#user', 'ada')
  await tab.click('#enter')
  expect(await arrive(tab, '/demo/product/harbours.html')).toMatchObject({ id: first.id })

  // A pause longer than the timeout, and back in the same tab.
  await waitUntil(
    'the session to be over',
    () => tab.evaluate(`Date.now() - sojourn.session().lastActivity > ${TIMEOUT_MS + 200}`),
    TIMEOUT_MS + 5_000,
  )
  await tab.click('#plan-trip')
  await tab.click('#upgrade')
  const second = await arrive(tab, '/demo/product/checkout.html')
  expect(second.number).toBe(2)
  await tab.click('#order-plan')
  await tab.click('#pay')
  await arrive(tab, '/demo/product/thanks.html')
  await tab.goto(`${at}/demo/product/harbours.html`)
  await arrive(tab, '/demo/product/harbours.html')

  // Logging out: who comes next is somebody else.
  await tab.click('#logout')
  const third = await arrive(tab, '/demo/product/')
  expect(third.number).toBe(3)
  await tab.goto('about:blank')

  const { sessions } = await waitUntil(
    'three sessions',
    async () => {
      const answer = await collector.read<{ sessions: StoredSession[]; next: null }>(
        '/v1/sessions?sort=start',
      )
      return answer.sessions.length === 3 && (await story(third.id)).length === 1 ? answer : undefined
    },
    20_000,
  )
  const [one, two, three] = sessions as [StoredSession, StoredSession, StoredSession]
  expect([one.id, two.id, three.id]).toEqual([first.id, second.id, third.id])

  expect(await story(one.id)).toEqual([
    'page_view /demo/marketing/',
    'page_view /demo/marketing/journal.html',
    'story_finished /demo/marketing/journal.html',
    'page_view /demo/docs/alerts.html',
    'read_while_down /demo/docs/alerts.html',
    'page_view /demo/marketing/',
    'letter_joined /demo/marketing/',
    'page_view /demo/marketing/welcome.html',
    'page_view /demo/marketing/pricing.html',
    'plan_chosen /demo/marketing/pricing.html',
    'page_view /demo/product/',
    'login_sent /demo/product/',
    'identify /demo/product/',
    'page_view /demo/product/harbours.html',
  ])
  expect(await story(two.id)).toEqual([
    'trip_planned /demo/product/harbours.html',
    'upgrade_clicked /demo/product/harbours.html',
    'page_view /demo/product/checkout.html',
    'checkout_started /demo/product/checkout.html',
    'order_placed /demo/product/checkout.html',
    'page_view /demo/product/thanks.html',
    'page_view /demo/product/harbours.html',
  ])
  expect(await story(three.id)).toEqual(['page_view /demo/product/'])
  expect({ one, two, three }).toEqual({})
}, 120_000)
