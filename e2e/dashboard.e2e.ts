import { describe, expect, test } from 'vitest'
import { countByApi, scrollToEnd } from './dashboard/counts.ts'
import type { SessionsAnswer } from './dashboard/counts.ts'
import { openDashboard } from './dashboard/dashboard-page.ts'
import { useFilledDashboard } from './dashboard/filled-dashboard.ts'
import { waitUntil } from './engines/wait-until.ts'

const filled = useFilledDashboard()

describe('the overview', () => {
  test('its figures are those of the API, and each leads to the sessions behind it', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('overview?range=all&device=mobile')
    const count = await countByApi(filled.collector, 'device=mobile')
    expect(await page.textContent('.tile-value')).toBe(count.toLocaleString('en-GB'))
    const row = page.locator('section[aria-label="Sources"] tbody tr').first()
    const sessions = (await row.locator('td').first().textContent())!
    await row.locator('a').first().click()
    await page.waitForSelector('.table-foot')
    expect(await scrollToEnd(filled.dashboard.page)).toBe(`${sessions} sessions`)
    expect(await page.locator('.chip').allTextContents()).toHaveLength(3)
  })

  test('a period before that begins before the first session is no measure, and it is said why', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('overview?range=7d')
    expect(await page.locator('.tile .number-before').count()).toBe(6)
    expect(await page.locator('text=no whole period to compare with').count()).toBe(0)
    const begin = new Date(Date.now() - 20 * 86_400_000).toISOString()
    await filled.dashboard.go(`overview?from=${begin}`)
    await page.waitForSelector('text=no whole period to compare with')
    expect(await page.locator('.tile:has-text("no whole period before")').count()).toBe(6)
    expect(await page.locator('.tile .number-before').count()).toBe(0)
  })

  test('a tile chooses what is drawn, and its figure leads to the sessions behind it', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('overview?range=all')
    const tile = page.locator('.tile', { hasText: 'Bounce rate' })
    // In its corner, apart from all words: the whole tile chooses.
    await tile.click({ position: { x: 6, y: 6 } })
    await page.waitForSelector('h2:text-is("Bounce rate over time")')
    expect(await tile.locator('button').getAttribute('aria-pressed')).toBe('true')
    interface Answer {
      readonly total: { readonly sessions: number; readonly bounceRate: number }
    }
    const { total } = await filled.collector.read<Answer>('/v1/metrics/timeseries')
    await tile.locator('.tile-value').click()
    await page.waitForURL(/sessions\?.*maxEvents=1/)
    const bounces = Math.round(total.sessions * total.bounceRate)
    expect(await scrollToEnd(page)).toBe(`${bounces.toLocaleString('en-GB')} sessions`)
  })

  test('ways lead to the exit or to a goal, as the address says, and a block leads to its sessions', async () => {
    const { page } = filled.dashboard
    const block = page.locator('.path-block.column-0 a').first()
    const drawn = async (): Promise<number> =>
      Number((await block.locator('.path-count').textContent())!.replaceAll(',', ''))
    await filled.dashboard.go('overview?range=all')
    await page.click('button:text-is("To the exit")')
    await page.waitForSelector('.path-columns.exit')
    await waitUntil('the last pages', async () => (await drawn()) === (await mostAtTheEnd('')))
    await page.selectOption('section[aria-label="Ways through the pages"] select', { index: 1 })
    await page.waitForURL(/ways=exit&towards=/)
    const goal = new URLSearchParams(page.url().split('?')[1]).get('towards')!
    await page.reload()
    await waitUntil('the pages before the goal', async () => (await drawn()) === (await mostAtTheEnd(goal)))
    const sessions = await drawn()
    await block.click()
    await page.waitForURL(/sessions\?.*lastPages=/)
    expect(Number((await scrollToEnd(page)).replace(/\D/g, ''))).toBe(sessions)
    expect(await page.textContent('.chip:has-text("Last pages")')).toContain(`up to the goal ${goal}`)
  })

  /** How many sessions end at the page at which most of them do. */
  async function mostAtTheEnd(goal: string): Promise<number> {
    const { rows } = await filled.collector.read<{ rows: { steps: string[]; sessions: number }[] }>(
      `/v1/metrics/paths?steps=1&last=true${goal && `&until=${encodeURIComponent(goal)}`}`,
    )
    return Math.max(...rows.flatMap(({ steps, sessions }) => (steps.length > 0 ? [sessions] : [])))
  }

  test('a bar of the durations leads to sessions that lasted so long', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('overview?range=all')
    const bar = page.locator('.columns-chart a').nth(4)
    const count = (await bar.locator('.column-count').textContent())!
    await bar.click()
    await page.waitForURL(/minDuration=61.*maxDuration=180|maxDuration=180.*minDuration=61/)
    expect(await scrollToEnd(filled.dashboard.page)).toBe(`${count} sessions`)
  })

  test('a point of the chart leads to the sessions of its day, and the table tells the same', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('overview?range=7d')
    await page.click('text=As a table')
    const row = page.locator('.as-table tbody tr').nth(3)
    const count = (await row.locator('td').nth(1).textContent())!
    await row.locator('a').first().click()
    await page.waitForURL(/from=.*to=/)
    expect(await scrollToEnd(filled.dashboard.page)).toBe(
      `${count} ${count === '1' ? 'session' : 'sessions'}`,
    )
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
    const { page } = filled.dashboard
    const { sessions } = await filled.collector.read<SessionsAnswer>(
      '/v1/sessions?tag=feature&sort=-events&minEvents=5&limit=100',
    )
    const { id, previousId } = sessions.find((session) => session.previousId !== undefined)!
    const { events } = await filled.collector.read<{ events: unknown[] }>(
      `/v1/sessions/${id}/events?limit=500`,
    )
    await filled.dashboard.go(`sessions/${id}`)
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
    await filled.dashboard.go('sessions/no-such-session')
    await filled.dashboard.page.waitForSelector('[role=alert]')
    expect(await filled.dashboard.page.textContent('[role=alert]')).toContain('There is no session')
  })
})

describe('sources', () => {
  test('one is made, its snippet holds the real key, and it is removed after asking', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('sources')
    await page.click('text=New source')
    await page.fill('dialog input >> nth=0', 'Shop <b>')
    await page.fill('dialog textarea', 'shop.example')
    expect(await page.textContent('.mend')).toContain('is no origin')
    await page.fill('dialog textarea', 'https://shop.example/cart')
    await page.click('dialog >> text=Create source')
    await page.waitForSelector('dialog', { state: 'detached' })
    const { sources } = await filled.collector.read<{
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
    const other = await openDashboard(filled.browser, filled.collector)
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
