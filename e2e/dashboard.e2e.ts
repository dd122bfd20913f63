import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCollectorProcess } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import { openDashboard, startChromium } from './dashboard/dashboard-page.ts'
import type { DashboardPage } from './dashboard/dashboard-page.ts'
import { fillWithMonth } from './dashboard/fill.ts'
import { waitUntil } from './engines/wait-until.ts'

interface SessionsAnswer {
  readonly sessions: readonly { readonly id: string; readonly previousId?: string }[]
  readonly next: string | null
}

let collector: CollectorProcess
let browser: Browser
let dashboard: DashboardPage

beforeAll(async () => {
  collector = await startCollectorProcess()
  await fillWithMonth(collector, 6_000)
  browser = await startChromium()
  dashboard = await openDashboard(browser, collector)
}, 120_000)

afterAll(async () => {
  expect(dashboard.complaints).toEqual([])
  await browser.close()
  await collector.end()
})

/** All sessions that the API finds, page by page. */
async function countByApi(query: string): Promise<number> {
  let count = 0
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer: SessionsAnswer = await collector.read(
      `/v1/sessions?limit=500&${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    )
    count += answer.sessions.length
    cursor = answer.next
  }
  return count
}

/** Scrolls the table to its end, as often as there is more, and returns what its foot says. */
async function scrollToEnd(): Promise<string> {
  const { page } = dashboard
  await waitUntil(
    'the end of the list',
    async () => {
      await page.evaluate(() => {
        const box = document.querySelector('.table-box')
        if (box) box.scrollTop = box.scrollHeight
      })
      return /^[\d,]+ sessions?$/.test((await page.textContent('.table-foot'))!.trim())
    },
    20_000,
  )
  return (await page.textContent('.table-foot'))!.trim()
}

describe('the sessions table', () => {
  test.each([
    'device=mobile',
    'status=ended&sourceType=product',
    'minEvents=5&maxDuration=600',
    'tag=cta',
    'utm_campaign=june',
    'entryPath=%2Fpricing',
    'event=demo_requested',
    'minDuration=300&device=desktop',
  ])('shows as many sessions for %s as the API finds', async (query) => {
    await dashboard.go(`sessions?range=all&${query}`)
    const expected = await countByApi(query)
    expect(expected).toBeGreaterThan(0)
    if (expected > 0)
      expect(await scrollToEnd()).toBe(
        `${expected.toLocaleString('en-GB')} ${expected === 1 ? 'session' : 'sessions'}`,
      )
  })

  test('keeps few rows in the document, however many there are', async () => {
    await dashboard.go('sessions?range=all')
    await scrollToEnd()
    expect(await dashboard.page.locator('.session-row').count()).toBeLessThan(80)
    expect(await dashboard.page.getAttribute('.session-table', 'aria-rowcount')).toBe(
      String((await countByApi('')) + 1),
    )
  })

  test('sorts by what its heads say, and says so in the address', async () => {
    await dashboard.go('sessions?range=all')
    await dashboard.page.click('th button:has-text("Events")')
    await dashboard.page.waitForURL(/sort=-events/)
    const { sessions } = await collector.read<SessionsAnswer>('/v1/sessions?sort=-events&limit=1')
    await waitUntil('the largest first', async () =>
      (await dashboard.page.textContent('.session-row a'))!.startsWith(sessions[0]!.id.slice(0, 8)),
    )
    expect(await dashboard.page.getAttribute('th:has-text("Events")', 'aria-sort')).toBe('descending')
  })

  test('a filter is added by the menu, stands in the address, and comes off', async () => {
    const { page } = dashboard
    await dashboard.go('sessions?range=all')
    await page.click('button:has-text("Filter")')
    await page.click('.filter-menu >> text=Lasted at least')
    await page.fill('.filter-form input', 'soon')
    await page.click('.filter-form >> text=Apply')
    expect(await page.textContent('.mend')).toContain('such as 90s')
    await page.fill('.filter-form input', '5m')
    await page.keyboard.press('Enter')
    await page.waitForURL(/minDuration=300/)
    expect(await page.textContent('.chip')).toContain('Lasted at least 5m 00s')
    await page.click('.chip button')
    await page.waitForURL((url) => !url.hash.includes('minDuration'))
  })

  test('announces new sessions and shows them only when asked to', async () => {
    const { page } = dashboard
    await dashboard.go('sessions?range=all')
    const first = await page.textContent('.session-row a')
    await fillOne('fresh-session')
    await page.waitForSelector('.fresh', { timeout: 20_000 })
    expect(await page.textContent('.session-row a')).toBe(first)
    await page.click('.fresh')
    await waitUntil('the new session', async () => (await page.textContent('.session-row a')) === 'fresh-se')
  })

  test('a link reproduces the view, and a view is kept under a name', async () => {
    const { page } = dashboard
    await dashboard.go('sessions?device=mobile&columns=session%2Ctags&sort=-duration')
    expect(await page.locator('thead th').allTextContents()).toEqual(['Session', 'Tags'])
    await page.click('button:has-text("Views")')
    await page.fill('.popover-panel input', 'Phones')
    await page.click('.popover-panel button:has-text("Keep")')
    await page.keyboard.press('Escape')
    await dashboard.go('sessions')
    await page.click('button:has-text("Views")')
    await page.click('.popover-panel >> text=Phones')
    await page.waitForURL(/device=mobile/)
  })

  test('exports exactly what is filtered', async () => {
    const { page } = dashboard
    await dashboard.go('sessions?range=all&device=mobile')
    await page.click('button:has-text("Export")')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=NDJSON')])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const lines = Buffer.concat(chunks).toString().trim().split('\n')
    expect(lines.length).toBe(await countByApi('device=mobile'))
    expect(
      lines.every((line) => (JSON.parse(line) as { device: { type: string } }).device.type === 'mobile'),
    ).toBe(true)
  })
})

describe('the overview', () => {
  test('its figures are those of the API, and each leads to the sessions behind it', async () => {
    const { page } = dashboard
    await dashboard.go('overview?range=all&device=mobile')
    const count = await countByApi('device=mobile')
    expect(await page.textContent('.tile-value')).toBe(count.toLocaleString('en-GB'))
    const row = page.locator('section[aria-label="Sources"] tbody tr').first()
    const sessions = (await row.locator('td').first().textContent())!
    await row.locator('a').click()
    await page.waitForSelector('.table-foot')
    expect(await scrollToEnd()).toBe(`${sessions} sessions`)
    expect(await page.locator('.chip').allTextContents()).toHaveLength(3)
  })

  test('a bar of the durations leads to sessions that lasted so long', async () => {
    const { page } = dashboard
    await dashboard.go('overview?range=all')
    const bar = page.locator('.columns-chart a').nth(4)
    const count = (await bar.locator('.column-count').textContent())!
    await bar.click()
    await page.waitForURL(/minDuration=61.*maxDuration=180|maxDuration=180.*minDuration=61/)
    expect(await scrollToEnd()).toBe(`${count} sessions`)
  })

  test('a point of the chart leads to the sessions of its day, and the table tells the same', async () => {
    const { page } = dashboard
    await dashboard.go('overview?range=7d')
    await page.click('text=As a table')
    const row = page.locator('.as-table tbody tr').nth(3)
    const count = (await row.locator('td').nth(1).textContent())!
    await row.locator('a').click()
    await page.waitForURL(/from=.*to=/)
    expect(await scrollToEnd()).toBe(`${count} ${count === '1' ? 'session' : 'sessions'}`)
    await page.goBack()
    await page.waitForSelector('.u-over')
    const chart = (await page.locator('.u-over').first().boundingBox())!
    await page.mouse.move(chart.x + chart.width / 2, chart.y + 80)
    await page.mouse.click(chart.x + chart.width / 2, chart.y + 80)
    await page.waitForURL(/sessions\?.*from=/)
  })
})

describe('one session', () => {
  test('lists every event, opens its properties, and leads to its neighbours', async () => {
    const { page } = dashboard
    const { sessions } = await collector.read<SessionsAnswer>(
      '/v1/sessions?tag=feature&sort=-events&minEvents=5&limit=100',
    )
    const { id, previousId } = sessions.find((session) => session.previousId !== undefined)!
    const { events } = await collector.read<{ events: unknown[] }>(`/v1/sessions/${id}/events?limit=500`)
    await dashboard.go(`sessions/${id}`)
    await page.waitForSelector('.event')
    expect(await page.locator('.event').count()).toBe(events.length)
    expect(await page.locator('.strip-event').count()).toBe(events.length)
    await page.locator('.event:has(.badge.accent) summary').first().click()
    expect(await page.textContent('.event-details')).toContain('plan')
    await page.click('a:has-text("Previous")')
    await page.waitForURL(new RegExp(`sessions/${previousId}`))
    await page.click('a:has-text("Next")')
    await page.waitForURL(new RegExp(`sessions/${id}`))
  })

  test('one that is not there is said so, with what to do', async () => {
    await dashboard.go('sessions/no-such-session')
    await dashboard.page.waitForSelector('[role=alert]')
    expect(await dashboard.page.textContent('[role=alert]')).toContain('There is no session')
  })
})

describe('sources', () => {
  test('one is made, its snippet holds the real key, and it is removed after asking', async () => {
    const { page } = dashboard
    await dashboard.go('sources')
    await page.click('text=New source')
    await page.fill('dialog input >> nth=0', 'Shop <b>')
    await page.fill('dialog textarea', 'shop.example')
    expect(await page.textContent('.mend')).toContain('is no origin')
    await page.fill('dialog textarea', 'https://shop.example/cart')
    await page.click('dialog >> text=Create source')
    await page.waitForSelector('dialog', { state: 'detached' })
    const { sources } = await collector.read<{
      sources: { name: string; writeKey: string; origins: string[] }[]
    }>('/v1/sources')
    const made = sources.find((source) => source.name === 'Shop <b>')!
    expect(made.origins).toEqual(['https://shop.example'])
    expect(await page.textContent('.snippet')).toContain(`data-write-key="${made.writeKey}"`)
    await page.click('[aria-label="Remove Shop <b>"]')
    await page.click('dialog >> text=Remove >> nth=-1')
    await page.waitForSelector('dialog', { state: 'detached' })
    await waitUntil('its end', async () => !(await page.textContent('main'))!.includes('Shop <b>'))
  })
})

describe('log-in', () => {
  test('the link leaves no token behind, and logging out ends the access', async () => {
    const other = await openDashboard(browser, collector)
    expect(other.page.url()).not.toContain('token')
    expect(await other.page.evaluate(() => document.cookie)).toBe('')
    await other.page.click('text=Log out')
    await other.page.waitForSelector('.login')
    await other.page.reload()
    await other.page.fill('input[type=password]', 'a wrong token')
    await other.page.click('button:has-text("Log in")')
    expect(await other.page.textContent('[role=alert]')).toContain('does not know this token')
    await other.close()
  })
})

async function fillOne(id: string): Promise<void> {
  const time = Date.now()
  const response = await fetch(`http://127.0.0.1:${collector.port}/v1/events`, {
    method: 'POST',
    body: JSON.stringify({
      writeKey: 'pk_seed_product',
      sentAt: time,
      events: [{ id: `${id}-event`, type: 'page', name: 'page_view', time, visitorId: id, session: { id } }],
    }),
  })
  expect(response.status).toBe(200)
}
