import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCollectorProcess } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import { openDashboard, startChromium } from './dashboard/dashboard-page.ts'
import { addSource } from './dashboard/add-source.ts'
import { sendBatch } from './seed/fill-collector.ts'
import { HOSTILE_TEXTS, hostileBatches } from './dashboard/hostile.ts'

let collector: CollectorProcess
let browser: Browser

beforeAll(async () => {
  collector = await startCollectorProcess()
  await addSource(collector, { name: HOSTILE_TEXTS[0], type: 'marketing', writeKey: 'pk_hostile' })
  for (const batch of hostileBatches('pk_hostile', Date.now()))
    await sendBatch(`http://127.0.0.1:${collector.port}`, batch)
  // Refused ones are shown as examples.
  for (const text of HOSTILE_TEXTS) await sendRefused(text)
  browser = await startChromium()
})

afterAll(async () => {
  await browser.close()
  await collector.end()
})

test('nothing that a sender wrote runs, leads away or breaks out of its place, in any view', async () => {
  const dashboard = await openDashboard(browser, collector)
  const { page, complaints } = dashboard
  const everything = 'session,profile,started,entry,exit,source,device,campaign,referrer,tags,goals,location'
  const places = [
    `sessions?range=all&columns=${encodeURIComponent(everything)}`,
    'live',
    'sources',
    'overview?range=all',
    'profiles',
    'definitions',
    'definitions/new',
    `definitions/new?timeout=${encodeURIComponent(HOSTILE_TEXTS[0]!)}`,
    'definitions/what-if',
    'definitions/compare?first=client&second=cross-property',
    'scoring',
  ]
  const { sessions } = await collector.read<{ sessions: { id: string }[] }>('/v1/sessions?limit=100')
  expect(sessions.length).toBeGreaterThanOrEqual(HOSTILE_TEXTS.length)
  const { profiles } = await collector.read<{ profiles: { id: string }[] }>('/v1/profiles?limit=100')
  expect(profiles.length).toBeGreaterThanOrEqual(HOSTILE_TEXTS.length)
  for (const { id } of profiles) places.push(`profiles/${id}`)
  for (const text of HOSTILE_TEXTS) {
    const asked = encodeURIComponent(text)
    places.push(`profiles?search=${asked}`, `definitions/edit/${asked}`, `profiles/${asked}`)
    places.push(`definitions/compare?first=${asked}&second=client`)
  }
  for (const { id } of sessions) places.push(`sessions/${encodeURIComponent(id)}`)
  for (const text of HOSTILE_TEXTS) places.push(`sessions?range=all&tag=${encodeURIComponent(text)}`)

  for (const place of places) {
    await dashboard.go(place)
    if (place.startsWith('sessions/')) {
      await page.waitForSelector('.event')
      await page.evaluate(() =>
        document.querySelectorAll('details').forEach((details) => (details.open = true)),
      )
      await page.waitForSelector('.event-details')
    }
    const seen = await page.evaluate(() => ({
      ran: (window as { pwned?: number }).pwned ?? 0,
      foreign: document.querySelectorAll(
        'main img, main script, main iframe, main svg [onload], main h1 ~ h1',
      ).length,
      links: Array.from(document.querySelectorAll('a'), (link) => link.protocol),
      wider: document.documentElement.scrollWidth - innerWidth,
    }))
    expect(seen.ran, place).toBe(0)
    expect(seen.foreign, place).toBe(0)
    expect(
      seen.links.filter((protocol) => !['http:', 'https:'].includes(protocol)),
      place,
    ).toEqual([])
    expect(seen.wider, `${place} is wider than the window`).toBeLessThanOrEqual(0)
  }
  expect(complaints).toEqual([])
}, 240_000)

async function sendRefused(text: string): Promise<void> {
  const now = Date.now()
  const events = [{ id: text.replaceAll(/[\u0000-\u001f]/g, ''), type: text, time: now, visitorId: text }]
  const response = await fetch(`http://127.0.0.1:${collector.port}/v1/events`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: 'pk_hostile', sentAt: now, events }),
  })
  const answer = (await response.json()) as { rejected: unknown[] }
  expect(answer.rejected).toHaveLength(1)
}
