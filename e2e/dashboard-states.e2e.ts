import { describe, expect, test } from 'vitest'
import { TOKEN } from './collector-process.ts'
import { checkLook } from './dashboard/check-look.ts'
import { openDashboard } from './dashboard/dashboard-page.ts'
import type { DashboardPage } from './dashboard/dashboard-page.ts'
import { useFilledDashboard } from './dashboard/filled-dashboard.ts'
import { waitUntil } from './engines/wait-until.ts'

const filled = useFilledDashboard()

const LOOKS = [
  { name: 'wide-light', width: 1440, height: 900, scheme: 'light' },
  { name: 'narrow-dark', width: 360, height: 740, scheme: 'dark' },
] as const

const PLACES = [
  ['overview', 'overview'],
  ['sessions', 'sessions'],
  ['session', 'sessions/some-session'],
  ['profiles', 'profiles'],
  ['profile', 'profiles/some-profile'],
  ['definitions', 'definitions'],
  ['definition', 'definitions/edit/visits'],
  ['what-if', 'definitions/what-if'],
  ['compare', 'definitions/compare'],
  ['scoring', 'scoring'],
  ['live', 'live'],
  ['sources', 'sources'],
  ['health', 'health'],
] as const

describe.each(LOOKS)('in the look $name', ({ name, ...look }) => {
  const open = (): Promise<DashboardPage> => openDashboard(filled.browser, filled.collector, look)

  test('a view whose answers are on their way says so, and is no empty page', async () => {
    const { page, close, go } = await open()
    // From the first page, which leads on by itself, to one that stays.
    await go('health')
    await page.route('**/v1/**', () => undefined)
    for (const [view, place] of PLACES) {
      await page.evaluate((hash) => void (location.hash = hash), `#/${place}`)
      // The page is drawn anew in the next frame.
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))),
      )
      await page.waitForSelector('h1')
      await page.waitForSelector('main :text("Loading …")', { state: 'attached' })
      await checkLook(page, `${view}-loading`, name)
    }
    await close()
  }, 120_000)

  test('a view without an answer says what to do, and goes on by itself when there is one', async () => {
    const { page, close, go } = await open()
    await page.route('**/v1/**', (route) => route.abort('connectionrefused'))
    for (const [view, place] of PLACES) {
      await go(place)
      await page.waitForSelector('[role=alert]')
      expect(await page.textContent('[role=alert]'), view).toContain('The collector does not answer.')
      expect(await page.textContent('[role=alert]'), view).toContain('Is the collector running')
      await checkLook(page, `${view}-unreachable`, name)
    }
    await go('overview')
    await page.unroute('**/v1/**')
    await page.waitForSelector('.tile-value', { timeout: 20_000 })
    expect(await page.locator('[role=alert]').count()).toBe(0)
    await go('profiles')
    await page.waitForSelector('.profiles-table')
    await page.route('**/v1/**', (route) => route.abort('connectionrefused'))
    await go('profiles?search=u')
    await page.waitForSelector('[role=alert]')
    await page.unroute('**/v1/**')
    await page.waitForSelector('[role=alert]', { state: 'detached', timeout: 20_000 })
    await close()
  }, 120_000)

  test('what is wrong in an address is told in words', async () => {
    const { page, close, go } = await open()
    for (const [view, place] of [
      ['overview-refused', 'overview?minEvents=some'],
      ['sessions-refused', 'sessions?minDuration=soon'],
      ['definition-missing', 'definitions/edit/nothing'],
      ['profile-missing', 'profiles/nobody'],
      ['compare-missing', 'definitions/compare?first=nothing&second=visits'],
    ] as const) {
      await go(place)
      await page.waitForSelector('[role=alert]')
      await checkLook(page, view, name)
    }
    await close()
  }, 120_000)

  test('a view that asks for what is gone says so, and shows nothing of what was there before', async () => {
    const { page, close, go } = await open()
    await go('sessions?range=all')
    await page.waitForSelector('.table-foot:has-text("sessions")')
    await go('sessions?range=all&definition=removed')
    await page.waitForSelector('[role=alert]:has-text("There is no definition")')
    expect(await page.locator('.session-table').count()).toBe(0)
    expect(await page.textContent('.table-foot')).toBe('')
    await checkLook(page, 'sessions-definition-gone', name)
    await go('overview')
    await page.waitForSelector('.tile-value')
    await go('overview?minEvents=some')
    await page.waitForSelector('[role=alert]:has-text("minEvents")')
    expect(await page.locator('.tile-value').count()).toBe(0)
    await close()
  })

  test('ways to the exit, a changed definition and its versions', async () => {
    const { page, close, go } = await open()
    for (const timeout of ['2h', '3m', '1h'])
      await fetch(`http://127.0.0.1:${filled.collector.port}/v1/definitions/orders`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
        body: JSON.stringify({ timeout }),
      })
    await go('overview?range=all&ways=exit')
    await page.locator('[aria-label="Ways through the pages"]').scrollIntoViewIfNeeded()
    await checkLook(page, 'overview-ways-to-the-exit', name)
    const exit = (await page.locator('.path-block.column-0').first().boundingBox())!
    expect(exit.x + exit.width, 'the exit is in sight').toBeLessThanOrEqual(look.width)
    await go('overview?range=all&ways=exit&towards=demo')
    await page.locator('[aria-label="Ways through the pages"]').scrollIntoViewIfNeeded()
    await checkLook(page, 'overview-ways-to-a-goal', name)
    await go('definitions/edit/orders')
    await checkLook(page, 'definition-changed', name)
    await page.click('a:has-text("with version")')
    await page.waitForSelector('.compare-table')
    await checkLook(page, 'compare-versions', name)
    await close()
  }, 120_000)
})

describe('health', () => {
  test('shows what was rejected, why, and what to mend', async () => {
    const now = Date.now()
    const event = { type: 'track', name: 'clicked', time: now, visitorId: 'a-visitor' }
    const events = [
      { ...event, id: 'no-type', type: 'click' },
      { ...event, id: 'no-name', name: undefined },
      { ...event, id: 'no-time', time: 'yesterday' },
      { ...event, id: 'nobody', visitorId: undefined },
      { ...event, id: 'tags', tags: 'cta' },
      { ...event, id: 'no-type-either', type: null },
    ]
    const { port } = filled.collector
    const send = (body: object): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/v1/events`, { method: 'POST', body: JSON.stringify(body) })
    expect((await send({ writeKey: 'pk_seed_docs', sentAt: now, events })).status).toBe(200)
    expect((await send({ writeKey: 'pk_unknown', sentAt: now, events })).status).toBe(401)
    for (const { name, ...look } of LOOKS) {
      const { page, close, go } = await openDashboard(filled.browser, filled.collector, look)
      await go('health')
      await waitUntil(
        'the rejected events',
        async () => (await page.locator('[aria-label="Rejected events"] tbody tr').count()) >= events.length,
      )
      expect(await page.textContent('[aria-label=Reasons]')).toContain('bad_type 2')
      expect(await page.textContent('.verdicts')).toContain('Events rejected: 6')
      expect(await page.textContent('[aria-label="Refused requests"]')).toContain('The write key is unknown')
      await checkLook(page, 'health-rejections', name)
      await page.locator('[aria-label="Rejected events"]').scrollIntoViewIfNeeded()
      await checkLook(page, 'health-rejections-below', name)
      await close()
    }
  })
})
