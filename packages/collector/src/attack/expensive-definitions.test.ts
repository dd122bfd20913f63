import { MAX_BATCH_EVENTS } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { MAX_DEFINITIONS } from '../definition/definitions-routes.ts'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'

const NOW = Date.now()
const MINUTE_MS = 60_000

interface Answered {
  readonly status: string
  readonly version: number
}

/** Nearly as much as a definition can ask for within the 64 KiB of a body: every rule, the longest lists, long names. */
const COSTLY = {
  scope: 'visitor',
  timeout: '1s',
  maxLength: '1s',
  maxEvents: 1,
  dayBoundary: 'Australia/Lord_Howe',
  splitOn: ['campaign', 'referrer', 'user'],
  startEvents: Array.from({ length: 100 }, (_, i) => `${'s'.repeat(150)}${i}`),
  endEvents: Array.from({ length: 100 }, (_, i) => `${'e'.repeat(150)}${i}`),
  passiveEvents: Array.from({ length: 100 }, (_, i) => `${'p'.repeat(150)}${i}`),
  property: 'properties.a.b.c.d.e.f',
}

async function put(service: TestService, name: string, definition: object): Promise<Response> {
  return service.ask(`/v1/definitions/${name}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(definition),
  })
}

async function sendPages(service: TestService, batches: number): Promise<void> {
  for (let batch = 0; batch < batches; batch++)
    await service.sendEvents(
      ...Array.from({ length: MAX_BATCH_EVENTS }, (_, i) => ({
        id: `e${batch}-${i}`,
        type: 'page',
        time: NOW - (batch * MAX_BATCH_EVENTS + i) * MINUTE_MS,
        visitorId: `v${i % 50}`,
        properties: { a: { b: { c: { d: { e: { f: i } } } } } },
      })),
    )
}

async function answerMs(service: TestService, id: string): Promise<number> {
  const start = performance.now()
  const event = { id, type: 'page', time: NOW, visitorId: 'beside' }
  expect(await service.sendEvents(event)).toMatchObject({ accepted: 1 })
  return performance.now() - start
}

test('the costliest definitions, changed and told anew over and over, hold up no sender, and end right', async () => {
  const service = await startTestService()
  await sendPages(service, 4)
  const names = Array.from({ length: 6 }, (_, i) => `costly-${i}`)
  const wishes = names.flatMap((name, i) => [
    put(service, name, { ...COSTLY, maxEvents: i + 1 }),
    ...Array.from({ length: 10 }, () => service.ask(`/v1/definitions/${name}/rebuild`, { method: 'POST' })),
    put(service, name, { ...COSTLY, maxEvents: i + 2 }),
  ])
  expect(await answerMs(service, 'beside')).toBeLessThan(10_000)
  const statuses = new Set((await Promise.all(wishes)).map(({ status }) => status))
  // 404: told anew before it was there.
  expect([...statuses].filter((status) => status !== 200 && status !== 404)).toEqual([])
  for (const name of names)
    await expect
      .poll(async () => service.read<Answered>(`/v1/definitions/${name}`), { timeout: 60_000, interval: 100 })
      .toMatchObject({ status: 'ready', version: 2 })
  const { total } = await service.read<{ total: { sessions: number } }>(
    '/v1/metrics/durations?definition=costly-0',
  )
  // A timeout of a second, and an event a minute of each visitor: each event is a session.
  expect(total.sessions).toBe(4 * MAX_BATCH_EVENTS + 1)
  expect(await answerMs(service, 'after')).toBeLessThan(5_000)
}, 120_000)

test('there is an end to how many there can be', async () => {
  const service = await startTestService()
  for (let i = 0; i < MAX_DEFINITIONS; i++) expect((await put(service, `d${i}`, {})).status).toBe(200)
  const refused = await put(service, 'one-more', {})
  expect(refused.status).toBe(400)
  expect((await problemOf(refused)).errors).toEqual([
    `There are ${MAX_DEFINITIONS} definitions already: remove one first.`,
  ])
  expect((await put(service, 'd7', { timeout: '10m' })).status).toBe(200)
  expect((await service.ask('/v1/definitions/d9', { method: 'DELETE' })).status).toBe(204)
  expect((await put(service, 'one-more', {})).status).toBe(200)
}, 60_000)
