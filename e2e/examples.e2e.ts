import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCollectorProcess } from './collector-process.ts'
import { chromium } from './engines/chromium.ts'
import type { Browser } from './engines/engine.ts'
import { waitUntil } from './engines/wait-until.ts'
import { runExample, startExample } from './example-process.ts'

interface Sessions {
  readonly sessions: readonly {
    readonly id: string
    readonly profile: { readonly userId?: string }
    readonly counts: { readonly events: number }
  }[]
}
interface Events {
  readonly events: readonly { readonly name: string; readonly page?: { readonly path?: string } }[]
}

let browser: Browser

beforeAll(async () => {
  browser = await chromium.launch()
})

afterAll(() => browser.close())

test('the Express app keeps its routes and stores the visit it had', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sojourn-express-'))
  const app = await startExample('express', ['app.js'], { PORT: '0', SOJOURN_DB: join(folder, 'sojourn.db') })
  const token = /Token of the read API: (\S+)/.exec(app.printed())![1]!
  const read = async <T>(path: string): Promise<T> =>
    (await (
      await fetch(`${app.url}/stats/v1${path}`, { headers: { Authorization: `Bearer ${token}` } })
    ).json()) as T

  const tab = await browser.openTab(app.url)
  await tab.click('#send')
  await waitUntil('the answer', () => tab.evaluate(`document.querySelector('#answer').textContent !== ''`))
  await tab.goto('about:blank')
  const { sessions } = await waitUntil('the session', async () => {
    const answer = await read<Sessions>('/sessions')
    return answer.sessions[0]?.counts.events === 2 ? answer : undefined
  })
  const { events } = await read<Events>(`/sessions/${sessions[0]!.id}/events`)
  expect(events.map(({ name }) => name).filter((name) => name !== 'engagement')).toEqual([
    'page_view',
    'order_placed',
  ])

  const own = await fetch(`${app.url}/api/orders`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"apples":2}',
  })
  expect([own.status, own.headers.get('x-app')]).toEqual([201, 'orchard'])
  expect(await app.stop()).toBe(0)
  await rm(folder, { recursive: true })
})

test('the single-page app builds, and each route of a visit is a page view', async () => {
  const vite = 'node_modules/vite/bin/vite.js'
  await runExample('spa', [vite, 'build', '--logLevel', 'warn'])
  const collector = await startCollectorProcess()
  const app = await startExample('spa', [vite, 'preview', '--port', '0', '--host', '127.0.0.1'], {
    SOJOURN_URL: `http://127.0.0.1:${collector.port}`,
  })
  const tab = await browser.openTab(app.url)
  await tab.click('a[href="/bread/rye"]')
  await tab.click('#bake')
  await tab.click('nav a[href="/login"]')
  await tab.type('#user', 'ada')
  await tab.click('#enter')
  await tab.goto('about:blank')
  const { sessions } = await waitUntil('the session', async () => {
    const answer = await collector.read<Sessions>('/v1/sessions')
    return answer.sessions[0]?.counts.events === 6 ? answer : undefined
  })
  expect(sessions).toHaveLength(1)
  expect(sessions[0]!.profile.userId).toBe('ada')
  const { events } = await collector.read<Events>(`/v1/sessions/${sessions[0]!.id}/events`)
  const story = events.map(({ name, page }) => `${name} ${page?.path}`)
  expect(story.filter((line) => !line.startsWith('engagement'))).toEqual([
    'page_view /',
    'page_view /bread/rye',
    'bake_planned /bread/rye',
    'page_view /login',
    'identify /login',
    'page_view /',
  ])
  await app.stop()
  await collector.end()
}, 90_000)
