import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TOKEN } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import { countByApi } from './dashboard/counts.ts'
import { openDashboard, startChromium } from './dashboard/dashboard-page.ts'
import type { DashboardPage } from './dashboard/dashboard-page.ts'
import { startSeededCollector } from './dashboard/seeded-collector.ts'
import { waitUntil } from './engines/wait-until.ts'

interface Person {
  readonly id: string
  readonly userId?: string
  readonly sessions: number
  readonly visitors: readonly { readonly id: string }[]
}

let collector: CollectorProcess
let browser: Browser
let dashboard: DashboardPage
let person: Person

beforeAll(async () => {
  collector = await startSeededCollector()
  browser = await startChromium()
  dashboard = await openDashboard(browser, collector)
  await waitUntil('the profiles', () =>
    collector.read('/v1/profiles').then(
      () => true,
      () => false,
    ),
  )
  const { profiles } = await collector.read<{ profiles: Person[] }>('/v1/profiles?search=user-&limit=500')
  for (const { id } of profiles) {
    person = await collector.read<Person>(`/v1/profiles/${id}`)
    if (person.visitors.length > 1) return
  }
  throw new Error('Nobody in the seed uses two devices.')
}, 120_000)

afterAll(async () => {
  expect(dashboard.complaints).toEqual([])
  await browser.close()
  await collector.end()
})

describe('profiles', () => {
  test('a person is found by how the user id begins, and by a visitor who turned out to be them', async () => {
    const { page } = dashboard
    for (const wanted of [person.userId!.slice(0, -1).toUpperCase(), person.visitors[1]!.id, person.id]) {
      await dashboard.go('profiles')
      await page.fill('.profile-search', wanted)
      await waitUntil('the person', async () =>
        (await page.locator('.profiles-table th a').allTextContents()).includes(person.userId!),
      )
    }
    await page.fill('.profile-search', 'nobody is called so')
    await page.waitForSelector('text=Nobody is found')
  })

  test('the sessions of all devices stand on one time axis, and lead to them', async () => {
    const { page } = dashboard
    await dashboard.go(`profiles/${person.id}`)
    expect(await page.locator('.lane').count()).toBe(1 + person.visitors.length)
    const all = await countByApi(collector, `definition=cross-property&profile=${person.id}`)
    expect(await page.locator('.lane >> nth=0 >> .lane-bar').count()).toBe(all)
    for (const [at, { id }] of person.visitors.entries())
      expect(await page.locator(`.lane >> nth=${at + 1} >> .lane-bar`).count()).toBe(
        await countByApi(collector, `visitor=${id}`),
      )
    expect(await page.textContent('section[aria-label=Traits]')).toContain('company')
    await page.locator('.lane >> nth=1 >> .lane-bar').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/sessions\//)
    await page.click('section:has(h2:text-is("Person")) a:not(:has-text("All of this person"))')
    await page.waitForURL(/#\/profiles/)
  })
})

describe('points and goals', () => {
  test('a goal is added, is found in the sessions of before, and a wrong one is refused beside its line', async () => {
    const { page } = dashboard
    await dashboard.go('scoring')
    const goals = page.locator('form[aria-label=Goals]')
    await goals.getByRole('button', { name: 'Goal', exact: true }).click()
    const line = goals.locator('.rule-line').last()
    await line.locator('input').nth(0).fill('demo')
    await goals.getByRole('button', { name: 'Save' }).click()
    await goals.locator('.mend').first().waitFor()
    expect((await goals.locator('.mend').allTextContents()).join()).toMatch(/another goal/)
    await line.locator('input').nth(0).fill('docs')
    await line.locator('input').nth(2).fill('/docs/**')
    await goals.getByRole('button', { name: 'Save' }).click()
    await waitUntil('the goal in the sessions', () => countByApi(collector, 'goal=docs'))
    // Sessions of before are scored again in the background, those of a month for some seconds.
    const isReady = async () => (await collector.read<{ status: string }>('/v1/goals')).status === 'ready'
    await waitUntil('all sessions scored again', isReady, 60_000)
    const expected = await countByApi(collector, 'goal=docs')
    await dashboard.go('overview?range=all&goal=docs')
    await waitUntil(
      'the figure',
      async () => (await page.textContent('.tile-value')) === expected.toLocaleString('en-GB'),
      30_000,
    )
    expect(expected).toBeGreaterThan(0)
  })
})

describe('sources', () => {
  test('one is edited, and its key rotated after asking', async () => {
    const { page } = dashboard
    await dashboard.go('sources')
    await page.click('[aria-label="Edit Acme docs"]')
    await page.fill('dialog textarea', 'https://docs.acme.example')
    await page.click('dialog button:has-text("Save")')
    await page.waitForSelector('section[aria-label="Acme docs"] >> text=https://docs.acme.example')
    await page.click('[aria-label="New key for Acme docs"]')
    await page.click('dialog button:text-is("New key")')
    await page.waitForSelector('dialog', { state: 'detached' })
    const { sources } = await collector.read<{ sources: { name: string; writeKey: string }[] }>('/v1/sources')
    const { writeKey } = sources.find(({ name }) => name === 'Acme docs')!
    expect(writeKey).not.toBe('pk_seed_docs')
    await page.waitForSelector(`text=${writeKey}`)
  })

  test('the read-only token sees no key and no way to change anything, and is told why', async () => {
    const made = await fetch(`http://127.0.0.1:${collector.port}/v1/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ access: 'read' }),
    })
    const { token } = (await made.json()) as { token: string }
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
    await page.goto(`http://127.0.0.1:${collector.port}/#token=${token}`)
    await page.waitForSelector('.shell')
    await page.goto(`http://127.0.0.1:${collector.port}/#/sources`)
    await page.waitForSelector('text=logged in with the read-only token')
    const shown = (await page.textContent('main'))!
    expect(shown).toContain('Acme app')
    expect(shown).not.toContain('pk_')
    expect(await page.locator('text=New source').count()).toBe(0)
    for (const place of ['definitions', 'definitions/edit/visits', 'scoring', `profiles/${person.id}`]) {
      await page.goto(`http://127.0.0.1:${collector.port}/#/${place}`)
      await page.waitForFunction(
        () => document.querySelector('h1') && !document.querySelector('.waiting, [aria-busy=true]'),
      )
      if (place !== `profiles/${person.id}`)
        await page.waitForSelector('text=logged in with the read-only token')
      for (const words of ['New definition', 'Rebuild', 'Save', 'Goal', 'Erase'])
        expect(await page.locator(`main button:has-text("${words}")`).count(), `${place} ${words}`).toBe(0)
    }
    const ended = await fetch(`http://127.0.0.1:${collector.port}/v1/tokens/read`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${TOKEN}` },
    })
    expect(ended.status).toBe(204)
    await page.goto(`http://127.0.0.1:${collector.port}/#/overview?range=7d`)
    await page.waitForSelector('text=You were logged out')
    await page.fill('input[type=password]', TOKEN)
    await page.click('button:has-text("Log in")')
    await page.waitForSelector('.tile-value')
    expect(page.url()).toMatch(/#\/overview\?range=7d$/)
    await page.goto(`http://127.0.0.1:${collector.port}/#/definitions`)
    await page.waitForSelector('text=New definition')
    await page.context().close()
  })
})
describe('erasure', () => {
  test('says what will go, then what has gone, and nothing of the person is left', async () => {
    const { page } = dashboard
    await dashboard.go(`profiles/${person.id}`)
    await page.click('button:has-text("Erase")')
    expect(await page.textContent('dialog')).toContain(`${person.visitors.length} browsers`)
    await page.click('dialog >> text=Keep')
    await page.click('button:has-text("Erase")')
    await page.click('dialog >> text=Erase for good')
    await page.waitForSelector('dialog[aria-label=Erased]')
    expect(await page.textContent('dialog')).toContain(`${person.visitors.length} browsers are gone`)
    await page.click('text=Back to the profiles')
    await page.waitForURL(/#\/profiles$/)
    expect(await countByApi(collector, `profile=${person.userId}`)).toBe(0)
    await dashboard.go(`profiles/${person.id}`)
    await page.waitForSelector('[role=alert]')
  })
})
