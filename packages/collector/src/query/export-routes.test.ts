import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ADMIN_TOKEN, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import { EVENT_COLUMNS } from './event-columns.ts'
import type { EventsQuery, SessionsQuery } from '../store/queries.ts'

const NOW = Date.UTC(2024, 4, 30, 8)

/** Sessions of one event each, a millisecond apart, from `NOW` back. */
async function addSessions(service: TestService, name: string, count: number): Promise<void> {
  for (let done = 0; done < count; done += 400)
    await service.sendEvents(
      ...Array.from({ length: Math.min(400, count - done) }, (_, n) => ({
        id: `${name} ${done + n}`,
        type: 'page',
        time: NOW - done - n,
        visitorId: `v${n % 7}`,
        session: { id: `${name} ${done + n}` },
        properties: { text: 'x'.repeat(500) },
      })),
    )
}

const lines = async (answer: Response) =>
  (await answer.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string })

test('what is stored while an export runs moves nothing in it', async () => {
  const service = await startTestService({}, () => NOW)
  await addSessions(service, 'old', 1_300)
  const { store } = service.collector
  let pages = 0
  const sessions = store.sessions.bind(store)
  Object.assign(store, {
    sessions: async (query: SessionsQuery) => {
      await addSessions(service, `new ${pages++}`, 40)
      return sessions(query)
    },
  })
  const exported = await lines(await service.ask('/v1/sessions.ndjson'))
  const old = exported.map(({ id }) => id).filter((id) => id.startsWith('old'))
  expect(pages).toBeGreaterThanOrEqual(3)
  expect([old.length, new Set(old).size]).toEqual([1_300, 1_300])
})

test('events are exported as /v1/events answers them, with its filters', async () => {
  const service = await startTestService({}, () => NOW)
  await addSessions(service, 'e', 600)
  const answer = await service.ask('/v1/events.ndjson?visitor=v3')
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="events.ndjson"')
  const { events } = await service.read<{ events: unknown[] }>('/v1/events?visitor=v3&limit=500')
  expect(await lines(answer)).toEqual(events)
  expect((await lines(await service.ask('/v1/events.ndjson'))).length).toBe(600)
  expect((await service.ask('/v1/events.ndjson?cursor=x')).status).toBe(400)
  expect((await service.ask('/v1/events.ndjson?sort=start')).status).toBe(400)
})

test('events are exported as CSV, in which no text of a sender is a formula', async () => {
  const service = await startTestService({}, () => NOW)
  const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '|calc', '\t=1', "'x", 'a,"b"\r\n=2']
  await service.sendEvents(
    ...hostile.map((text, i) => ({
      id: `e${i}`,
      type: 'track',
      name: text.replaceAll(/\s/g, ''),
      time: NOW - i,
      visitorId: 'v1',
      tags: [text],
      page: { path: text, title: text, url: `https://shop.example/${i}` },
      campaign: { source: text },
      properties: { text },
    })),
  )
  const answer = await service.ask('/v1/events.csv')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="events.csv"')
  const [head, ...rows] = cellsOf(await answer.text())
  expect(head).toEqual(EVENT_COLUMNS.map(([name]) => name))
  expect(rows).toHaveLength(hostile.length)
  for (const [i, row] of rows.entries()) {
    for (const cell of row) expect(cell).not.toMatch(/^[\s]*[=+\-@|]/)
    for (const name of ['path', 'title', 'utm_source', 'tags'])
      expect(row[head!.indexOf(name)]!.replace(/^'/, '')).toBe(hostile[i])
    expect(JSON.parse(row[head!.indexOf('properties')]!)).toEqual({ text: hostile[i] })
  }
  expect(cellsOf(await (await service.ask('/v1/events.csv?path=%3D1%2B1')).text())).toHaveLength(2)
})

/** The cells of RFC 4180 CSV. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!)
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

test('an export is read no faster than it is taken, and no further than the reader stays', async () => {
  const service = await startTestService({}, () => NOW)
  await addSessions(service, 'e', 6_000)
  const { store } = service.collector
  let pages = 0
  const events = store.events.bind(store)
  Object.assign(store, {
    events: (query: EventsQuery) => {
      pages++
      return events(query)
    },
  })
  const { port, hostname } = new URL(service.url)
  const slow = connect({ port: Number(port), host: hostname })
  onTestFinished(() => void slow.destroy())
  await once(slow, 'connect')
  slow.pause()
  slow.write(`GET /v1/events.ndjson HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`)
  await expect.poll(() => pages).toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 500))
  const whenFull = pages
  expect(whenFull).toBeLessThan(12)
  slow.destroy()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(pages).toBeLessThanOrEqual(whenFull + 2)
  expect(service.logged()).not.toContain('"level":50')
})
