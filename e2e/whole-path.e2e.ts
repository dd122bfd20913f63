import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCollectorProcess } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import { chromium } from './engines/chromium.ts'
import type { Browser, Tab } from './engines/engine.ts'
import { waitUntil } from './engines/wait-until.ts'
import { ISO, MARKETING, PRODUCT, UUID, common, segment } from './expected-session.ts'
import type { StoredSession } from './expected-session.ts'
import { startShortTimeoutProxy } from './short-timeout-proxy.ts'
import type { ShortTimeoutProxy } from './short-timeout-proxy.ts'

/** Longer than a restart of the collector and a page take on a busy machine. */
const TIMEOUT_MS = 12_000

interface StoredEvents {
  readonly events: readonly {
    readonly name: string
    readonly passive: boolean
    readonly page: { readonly path: string }
  }[]
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

/** All stored events of a session that are not passive, oldest first, as `name path`. */
async function story(sessionId: string): Promise<readonly string[]> {
  const { events } = await collector.read<StoredEvents>(`/v1/sessions/${sessionId}/events?limit=500`)
  return events.filter(({ passive }) => !passive).map(({ name, page }) => `${name} ${page.path}`)
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

  // A form, with the collector killed as soon as the page has moved on, so that what it sends then fails.
  await tab.type('#email', 'ada@example.org')
  await tab.click('#join')
  await arrive(tab, '/demo/marketing/welcome.html')
  await collector.kill()
  await tab.evaluate('sojourn.flush()')
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
    () => tab.evaluate('sojourn.session() === undefined'),
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
  // What could not leave waits where it was: each source's tracker brings its own at the next visit there.
  await tab.goto(`${at}/demo/docs/`)
  await arrive(tab, '/demo/docs/')
  await waitUntil('what waited in the docs', async () =>
    (await story(first.id)).includes('read_while_down /demo/docs/alerts.html'),
  )
  await tab.goto(`${at}/demo/marketing/`)
  await arrive(tab, '/demo/marketing/')
  let stories: (readonly string[])[] = []
  await waitUntil(
    () => `all that was tracked; there is ${JSON.stringify(stories)}`,
    async () => {
      stories = await Promise.all([first, second, third].map(({ id }) => story(id)))
      return stories[0]!.length >= 14 && stories[1]!.length >= 7 && stories[2]!.length >= 3
    },
    30_000,
  )
  await tab.goto('about:blank')

  const { sessions } = await waitUntil(
    'three sessions, all over',
    async () => {
      const answer = await collector.read<{ sessions: StoredSession[]; next: null }>(
        '/v1/sessions?sort=start',
      )
      const areOver = answer.sessions.every(({ metadata }) => metadata.status === 'ended')
      return answer.sessions.length === 3 && areOver ? answer : undefined
    },
    TIMEOUT_MS + 20_000,
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
  expect(await story(three.id)).toEqual([
    'page_view /demo/product/',
    'page_view /demo/docs/',
    'page_view /demo/marketing/',
  ])
  expect(one).toEqual({
    ...common(one),
    id: first.id,
    number: 1,
    startReason: 'first',
    visitor: { id: UUID },
    profile: { id: UUID, userId: 'ada' },
    source: MARKETING,
    segments: [
      segment('Marketing', 'marketing', 3),
      segment('Docs', 'docs', 2),
      segment('Marketing', 'marketing', 5),
      segment('Product', 'product', 4),
    ],
    utm: { source: 'letter', medium: 'email', campaign: 'june' },
    referrer: { url: `http://news.localhost:${proxy.port}/`, host: `news.localhost:${proxy.port}` },
    properties: { story: 'slack' },
    traits: { plan: 'crew' },
    counts: { events: 14, pageViews: 8, passive: expect.any(Number) },
    tags: ['auth', 'cta', 'journal', 'lead', 'pricing', 'reading'],
    entry: { name: 'page_view', path: '/demo/marketing/', time: ISO },
    exit: { name: 'page_view', path: '/demo/product/harbours.html', time: ISO },
    bounce: false,
  })
  expect(two).toEqual({
    ...common(two),
    id: second.id,
    number: 2,
    previousId: one.id,
    startReason: 'timeout',
    visitor: one.visitor,
    profile: { id: one.profile.id, userId: 'ada' },
    source: PRODUCT,
    segments: [segment('Product', 'product', 7)],
    properties: { harbour: 'saint-malo' },
    counts: { events: 7, pageViews: 3, passive: expect.any(Number) },
    tags: ['checkout', 'core', 'cta', 'revenue'],
    entry: { name: 'trip_planned', path: '/demo/product/harbours.html', time: ISO },
    exit: { name: 'page_view', path: '/demo/product/harbours.html', time: ISO },
    bounce: false,
  })
  expect(three).toEqual({
    ...common(three),
    id: third.id,
    number: 3,
    previousId: two.id,
    startReason: 'user',
    visitor: { id: UUID },
    profile: { id: UUID },
    source: PRODUCT,
    segments: [
      segment('Product', 'product', 1),
      segment('Docs', 'docs', 1),
      segment('Marketing', 'marketing', 1),
    ],
    counts: { events: 3, pageViews: 3, passive: expect.any(Number) },
    tags: [],
    entry: { name: 'page_view', path: '/demo/product/', time: ISO },
    exit: { name: 'page_view', path: '/demo/marketing/', time: ISO },
    bounce: false,
  })
  expect(three.visitor).not.toEqual(one.visitor)
  expect(three.profile).not.toEqual(one.profile)
}, 180_000)
