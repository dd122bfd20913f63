import { describe, expect, test } from 'vitest'
import { countByApi, scrollToEnd } from './dashboard/counts.ts'
import type { SessionsAnswer } from './dashboard/counts.ts'
import { useFilledDashboard } from './dashboard/filled-dashboard.ts'
import { waitUntil } from './engines/wait-until.ts'

const filled = useFilledDashboard()

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
    await filled.dashboard.go(`sessions?range=all&${query}`)
    const expected = await countByApi(filled.collector, query)
    expect(expected).toBeGreaterThan(0)
    if (expected > 0)
      expect(await scrollToEnd(filled.dashboard.page)).toBe(
        `${expected.toLocaleString('en-GB')} ${expected === 1 ? 'session' : 'sessions'}`,
      )
  })

  test('keeps few rows in the document, however many there are', async () => {
    await filled.dashboard.go('sessions?range=all')
    await scrollToEnd(filled.dashboard.page)
    expect(await filled.dashboard.page.locator('.session-row').count()).toBeLessThan(80)
    expect(await filled.dashboard.page.getAttribute('.session-table', 'aria-rowcount')).toBe(
      String((await countByApi(filled.collector, '')) + 1),
    )
  })

  test('sorts by what its heads say, and says so in the address', async () => {
    await filled.dashboard.go('sessions?range=all')
    await filled.dashboard.page.click('th button:has-text("Events")')
    await filled.dashboard.page.waitForURL(/sort=-events/)
    const { sessions } = await filled.collector.read<SessionsAnswer>('/v1/sessions?sort=-events&limit=1')
    await waitUntil('the largest first', async () =>
      (await filled.dashboard.page.textContent('.session-row a'))!.startsWith(sessions[0]!.id.slice(0, 8)),
    )
    expect(await filled.dashboard.page.getAttribute('th:has-text("Events")', 'aria-sort')).toBe('descending')
  })

  test('a filter is added by the menu, stands in the address, and comes off', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('sessions?range=all')
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
    const { page } = filled.dashboard
    await filled.dashboard.go('sessions?range=all')
    const first = await page.textContent('.session-row a')
    await fillOne('fresh-session')
    // The page asks from time to time, and at once when it comes into sight again.
    await page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))
    await page.waitForSelector('.fresh', { timeout: 20_000 })
    expect(await page.textContent('.session-row a')).toBe(first)
    await page.click('.fresh')
    await waitUntil('the new session', async () => (await page.textContent('.session-row a')) === 'fresh-se')
  })

  test('a link reproduces the view, and a view is kept under a name', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('sessions?device=mobile&columns=session%2Ctags&sort=-duration')
    expect(await page.locator('thead th').allTextContents()).toEqual(['Session', 'Tags'])
    await page.click('button:has-text("Views")')
    await page.fill('.popover-panel input', 'Phones')
    await page.click('.popover-panel button:has-text("Keep")')
    await page.keyboard.press('Escape')
    await filled.dashboard.go('sessions')
    await page.click('button:has-text("Views")')
    await page.click('.popover-panel >> text=Phones')
    await page.waitForURL(/device=mobile/)
  })

  test('exports exactly what is filtered', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('sessions?range=all&device=mobile')
    await page.click('button:has-text("Export")')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=NDJSON')])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const lines = Buffer.concat(chunks).toString().trim().split('\n')
    expect(lines.length).toBe(await countByApi(filled.collector, 'device=mobile'))
    expect(
      lines.every((line) => (JSON.parse(line) as { device: { type: string } }).device.type === 'mobile'),
    ).toBe(true)
  })
})

async function fillOne(id: string): Promise<void> {
  const time = Date.now()
  const response = await fetch(`http://127.0.0.1:${filled.collector.port}/v1/events`, {
    method: 'POST',
    body: JSON.stringify({
      writeKey: 'pk_seed_product',
      sentAt: time,
      events: [{ id: `${id}-event`, type: 'page', name: 'page_view', time, visitorId: id, session: { id } }],
    }),
  })
  expect(response.status).toBe(200)
}
