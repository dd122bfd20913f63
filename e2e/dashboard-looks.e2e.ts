import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CollectorProcess } from './collector-process.ts'
import { checkLook } from './dashboard/check-look.ts'
import { openDashboard, startChromium } from './dashboard/dashboard-page.ts'
import type { Look } from './dashboard/dashboard-page.ts'
import { startSeededCollector } from './dashboard/seeded-collector.ts'
import { waitUntil } from './engines/wait-until.ts'

let collector: CollectorProcess
let browser: Browser
let places: readonly (readonly [name: string, place: string])[]

beforeAll(async () => {
  collector = await startSeededCollector()
  browser = await startChromium()
  const { sessions } = await collector.read<{ sessions: { id: string }[] }>(
    '/v1/sessions?sort=-events&limit=1',
  )
  await waitUntil('the sessions of persons', () =>
    collector.read('/v1/profiles?limit=1').then(
      () => true,
      () => false,
    ),
  )
  const { profiles } = await collector.read<{ profiles: { id: string; sessions: number }[] }>(
    '/v1/profiles?search=user-&limit=200',
  )
  profiles.sort((a, b) => b.sessions - a.sessions)
  places = [
    ['overview', 'overview'],
    ['overview-bounces', 'overview?range=7d&measure=bounceRate&device=mobile'],
    ['overview-none', 'overview?device=fridge'],
    ['sessions', 'sessions'],
    ['sessions-filtered', 'sessions?device=mobile&minDuration=60&tag=cta'],
    ['sessions-none', 'sessions?device=fridge'],
    ['session', `sessions/${sessions[0]!.id}`],
    ['profiles', 'profiles'],
    ['profile', `profiles/${profiles[0]!.id}`],
    ['profiles-none', 'profiles?search=nobody'],
    ['definitions', 'definitions'],
    ['definition-new', 'definitions/new'],
    ['definition-built-in', 'definitions/edit/product'],
    ['what-if', 'definitions/what-if'],
    ['compare', 'definitions/compare?first=client&second=visits'],
    ['scoring', 'scoring'],
    ['live', 'live'],
    ['sources', 'sources'],
    ['health', 'health'],
    ['nowhere', 'nowhere'],
  ]
}, 120_000)

afterAll(async () => {
  await browser.close()
  await collector.end()
})

const looks: readonly (Look & { readonly name: string })[] = [
  { name: 'wide-light', width: 1440, height: 900, scheme: 'light' },
  { name: 'wide-dark', width: 1440, height: 900, scheme: 'dark' },
  { name: 'narrow-light', width: 360, height: 740, scheme: 'light' },
  { name: 'narrow-dark', width: 360, height: 740, scheme: 'dark' },
  { name: '4k-light', width: 3840, height: 2160, scheme: 'light' },
]

test.each(looks)(
  'every view fits and can be used by everyone: $name',
  async ({ name, ...look }) => {
    const dashboard = await openDashboard(browser, collector, look)
    const { page, complaints } = dashboard
    for (const [view, place] of places) {
      await dashboard.go(place)
      if (view === 'session') await page.waitForSelector('.event')
      await checkLook(page, view, name)
    }
    expect(complaints).toEqual([])
    await dashboard.close()
  },
  240_000,
)

test('each page is reached and left by keyboard alone', async () => {
  const dashboard = await openDashboard(browser, collector)
  const { page } = dashboard
  await dashboard.go('sessions')
  await page.reload()
  await page.waitForSelector('.session-row')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  await page.focus('button:has-text("Columns")')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.column-list')
  await page.keyboard.press('Escape')
  expect(await page.locator('.column-list').count()).toBe(0)
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Columns')
  await page.focus('.session-row a')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.event summary')
  await page.focus('.event summary')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.event-details')
  await dashboard.close()
})
