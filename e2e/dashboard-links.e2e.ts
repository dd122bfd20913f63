import { expect, test } from 'vitest'
import { scrollToEnd } from './dashboard/counts.ts'
import { figuresOf } from './dashboard/figures.ts'
import { useFilledDashboard } from './dashboard/filled-dashboard.ts'
import { waitUntil } from './engines/wait-until.ts'

const filled = useFilledDashboard()

const DAY_MS = 86_400_000
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString()
const WEEK = `from=${daysAgo(9)}&to=${daysAgo(2)}`

const PLACES = [
  `overview?${WEEK}`,
  `overview?range=all&measure=bounceRate&definition=cross-property&ways=exit`,
  `overview?${WEEK}&ways=exit&towards=demo&minDuration=20&device=mobile`,
]

test.each(PLACES)('each number of %s is that of the sessions it leads to', async (place) => {
  const { page, go } = filled.dashboard
  await go(place)
  await waitUntil('all of it', async () => (await page.locator('.path-block').count()) > 5)
  await page.click('text=As a table')
  const figures = await figuresOf(page)
  const sections = new Map(figures.map((figure) => [figure.section, figure]))
  expect(sections.size).toBeGreaterThan(12)
  for (const [at, { section, shown, href }] of figures.entries()) {
    // Of all blocks of the ways, some: each list of theirs reads the events of every session.
    if (section.startsWith('Ways') && at % 8 > 0) continue
    if (!isCount(section, shown)) continue
    const count = Number(shown.replaceAll(',', ''))
    expect(await isAsLongAs(href, count), `${section}: ${shown} leads to ${href}`).toBe(true)
  }
  // The list itself, for one of each kind: it says as many, and has them.
  if (place !== PLACES[0]) return
  for (const { section, shown, href } of sections.values()) {
    if (!/[1-9]/.test(shown)) continue
    await go(href.slice(2))
    const foot = await scrollToEnd(page)
    if (isCount(section, shown)) expect(foot, href).toMatch(new RegExp(`^${shown} sessions?$`))
    else expect(foot, href).toMatch(/^[\d,]+ sessions?$/)
  }
})

/** Means and rates lead to the sessions that make them; a visitor may have several. */
function isCount(section: string, shown: string): boolean {
  return /^[\d,]+$/.test(shown) && !/^(Visitors|Points)/.test(section)
}

/** Whether the list behind a link has so many sessions: one at the last place, and none after it. */
async function isAsLongAs(href: string, count: number): Promise<boolean> {
  const query = new URLSearchParams(href.split('?')[1])
  // All other ranges have bounds of their own.
  expect(['all', null]).toContain(query.get('range'))
  query.delete('range')
  query.set('limit', '2')
  query.set('skip', String(Math.max(0, count - 1)))
  const { sessions } = await filled.collector.read<{ sessions: unknown[] }>(
    `/v1/sessions?${query.toString()}`,
  )
  return sessions.length === Math.min(1, count)
}
