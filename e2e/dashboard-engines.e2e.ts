import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TOKEN } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import { startSeededCollector } from './dashboard/seeded-collector.ts'
import { findEngines } from './engines/find-engines.ts'
import { waitUntil } from './engines/wait-until.ts'

const FOLDER = fileURLToPath(new URL('./screenshots/', import.meta.url))

let collector: CollectorProcess

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true })
  collector = await startSeededCollector()
}, 120_000)

afterAll(() => collector.end())

describe.each(findEngines(process.env).engines)('$name', (engine) => {
  test('logs in, shows figures, sessions and one of them, and goes back', async () => {
    const browser = await engine.launch()
    const tab = await browser.openTab(`http://127.0.0.1:${collector.port}/#token=${TOKEN}`)
    const text = (selector: string): Promise<string> =>
      tab.evaluate<string>(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`)
    await tab.evaluate(`void (window.problems = [], addEventListener('error', (event) => problems.push(event.message)),
      addEventListener('securitypolicyviolation', (event) => problems.push(event.blockedURI)))`)

    await waitUntil('the figures', async () => (await text('.tile-value')) !== '')
    const { sessions } = await collector.read<{ sessions: { id: string }[] }>('/v1/sessions?limit=1')
    await waitUntil('a chart', () =>
      tab.evaluate<boolean>(`document.querySelector('.time-chart canvas')?.width > 200`),
    )
    await tab.screenshot(`${FOLDER}dashboard-${engine.name}.png`)

    await tab.click('nav a[href="#/sessions"]')
    await waitUntil('the table', async () => (await text('.session-row a')) === sessions[0]!.id.slice(0, 8))
    await tab.click('.session-row a')
    await waitUntil('the session', async () => (await text('.event-name')) !== '')
    await tab.evaluate('void history.back()')
    await waitUntil('the table again', async () => (await text('.session-row a')) !== '')
    await tab.evaluate(`void (location.hash = '#/definitions/what-if')`)
    await waitUntil('the slider', async () => (await text('[data-figure="Sessions"]')) !== '')
    const usual = await text('[data-figure="Sessions"]')
    await tab.evaluate(`void document.querySelector('[role=slider]').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Home', bubbles: true }))`)
    await waitUntil('the first timeout', async () => (await text('[data-figure="Sessions"]')) !== usual)
    await tab.evaluate(`void (location.hash = '#/definitions/new')`)
    await waitUntil('the preview', async () => (await text('.preview tbody td')) !== '')
    await tab.evaluate(`void (location.hash = '#/profiles')`)
    await waitUntil('the profiles', async () => (await text('.profiles-table th a')) !== '')
    expect(await tab.evaluate('problems')).toEqual([])
    await browser.close()
  }, 90_000)
})
