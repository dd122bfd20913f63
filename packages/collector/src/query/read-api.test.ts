import { expect, test } from 'vitest'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'
import { StoreUnavailable } from '../store/store.ts'
import type { EventObject } from './event-object.ts'

interface Sessions {
  readonly sessions: SessionObject[]
  readonly next: string | null
}
interface Events {
  readonly events: EventObject[]
  readonly next: string | null
}

const NOW = Date.UTC(2024, 4, 30, 8)
const MINUTE_MS = 60_000

/** Three sessions: s0 an hour ago with a purchase, s1 40 minutes ago, s2 of another visitor a minute ago. */
async function withSessions(): Promise<TestService> {
  const service = await startTestService({}, () => NOW)
  const event = (id: string, minutesAgo: number, more: object) => ({
    id,
    type: 'page',
    time: NOW - minutesAgo * MINUTE_MS,
    visitorId: 'v1',
    ...more,
  })
  await service.sendEvents(
    event('a', 60, { session: { id: 's0', number: 1 }, page: { path: '/' }, campaign: { source: 'news' } }),
    event('b', 55, {
      session: { id: 's0', number: 1 },
      type: 'track',
      name: 'buy',
      tags: ['cta'],
      userId: 'u-42',
    }),
    event('c', 40, { session: { id: 's1', number: 2 }, page: { path: '/docs' } }),
    event('d', 1, { session: { id: 's2', number: 1 }, visitorId: 'v2' }),
  )
  return service
}

async function ids(service: TestService, query: string): Promise<string[]> {
  return (await service.read<Sessions>(`/v1/sessions?${query}`)).sessions.map(({ id }) => id)
}

test('sessions, latest first; each filter narrows', async () => {
  const service = await withSessions()
  expect(await ids(service, '')).toEqual(['s2', 's1', 's0'])
  expect(await ids(service, 'sort=start')).toEqual(['s0', 's1', 's2'])
  expect(await ids(service, 'visitor=v1')).toEqual(['s1', 's0'])
  expect(await ids(service, 'event=buy')).toEqual(['s0'])
  expect(await ids(service, 'tag=cta&minEvents=2')).toEqual(['s0'])
  expect(await ids(service, 'utm_source=news')).toEqual(['s0'])
  expect(await ids(service, 'path=/docs')).toEqual(['s1'])
  expect(await ids(service, 'status=ended')).toEqual(['s1', 's0'])
  expect(await ids(service, `from=${NOW - 40 * MINUTE_MS}&to=${NOW - MINUTE_MS}`)).toEqual(['s1'])
  expect(await ids(service, 'minDuration=301')).toEqual([])
})

test('pages follow one another by their cursor', async () => {
  const service = await withSessions()
  const first = await service.read<Sessions>('/v1/sessions?limit=2')
  expect(first.sessions.map(({ id }) => id)).toEqual(['s2', 's1'])
  const second = await service.read<Sessions>(`/v1/sessions?limit=2&cursor=${first.next}`)
  expect([second.sessions.map(({ id }) => id), second.next]).toEqual([['s0'], null])
})

test('one session, and its events, oldest first', async () => {
  const service = await withSessions()
  expect(await service.read('/v1/sessions/s0')).toMatchObject({ id: 's0', counts: { events: 2 }, number: 1 })
  expect(await service.read('/v1/sessions/s0?definition=client')).toMatchObject({ id: 's0' })
  const first = await service.read<Events>('/v1/sessions/s0/events?limit=1')
  const second = await service.read<Events>(`/v1/sessions/s0/events?limit=1&cursor=${first.next}`)
  expect([...first.events, ...second.events].map(({ id }) => id)).toEqual(['a', 'b'])
  expect(second.next).toBeNull()
})

test('an event as it was sent, and what the collector added', async () => {
  const service = await withSessions()
  const { events } = await service.read<Events>('/v1/events?name=buy')
  expect(events).toEqual([
    {
      id: 'b',
      type: 'track',
      name: 'buy',
      time: NOW - 55 * MINUTE_MS,
      visitorId: 'v1',
      userId: 'u-42',
      session: { id: 's0', number: 1 },
      tags: ['cta'],
      passive: false,
      sessionId: 's0',
      correctedTime: NOW - 55 * MINUTE_MS,
      receivedAt: NOW,
      clockOffsetMs: 0,
      source: { id: 'test', name: 'Test', type: 'product' },
      context: { ip: '127.0.0.0' },
    },
  ])
  expect((await service.read<Events>('/v1/events?limit=2')).events.map(({ id }) => id)).toEqual(['d', 'c'])
})

test.each([
  ['/v1/sessions?colour=red', 'colour'],
  ['/v1/sessions?limit=0', 'limit'],
  ['/v1/sessions?cursor=nonsense', 'cursor'],
  ['/v1/sessions/s0?limit=1', 'limit'],
  ['/v1/sessions/s0/events?cursor=nonsense', 'cursor'],
  ['/v1/sessions/s0?definition=none', 'definition'],
  ['/v1/sessions.csv?limit=5', 'limit'],
  ['/v1/sessions.csv?status=x', 'status'],
  ['/v1/events?sort=start', 'sort'],
])('%s is a 400 that names %s', async (path, name) => {
  const answer = await (await withSessions()).ask(path)
  const { type, status, detail, errors } = await problemOf(answer)
  expect([answer.status, type, status]).toEqual([400, 'urn:sojourn:problem:bad_parameter', 400])
  expect(detail).toContain(name)
  expect(errors).toHaveLength(1)
})

test.each([
  '/v1/sessions/none',
  '/v1/sessions/none/events',
  "/v1/sessions/'%20or%201=1",
  '/v1/nothing',
  '/nothing',
])('%s is a 404', async (path) => {
  const answer = await (await startTestService()).ask(path)
  expect([answer.status, (await problemOf(answer)).type]).toEqual([404, 'urn:sojourn:problem:not_found'])
})

test('an address that cannot be decoded is a 400, not a 500', async () => {
  const service = await startTestService()
  expect((await service.ask('/v1/sessions/%ff')).status).toBe(400)
  expect(service.logged()).not.toContain('"level":50')
})

test('exports hold every session of the filters, as CSV and as NDJSON', async () => {
  const service = await withSessions()
  const csv = await service.ask('/v1/sessions.csv?visitor=v1&sort=start')
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="sessions.csv"')
  const [head, ...rows] = (await csv.text()).trimEnd().split('\r\n')
  expect(head).toMatch(/^id,definition,start,duration,/)
  expect(rows.map((row) => row.split(',').slice(0, 4))).toEqual([
    ['s0', 'client', new Date(NOW - 60 * MINUTE_MS).toISOString(), '300'],
    ['s1', 'client', new Date(NOW - 40 * MINUTE_MS).toISOString(), '0'],
  ])
  const ndjson = await service.ask('/v1/sessions.ndjson?sort=start')
  const sessions = (await ndjson.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SessionObject)
  expect(sessions).toEqual((await service.read<Sessions>('/v1/sessions?sort=start')).sessions)
})

test('an export of more sessions than one page', async () => {
  const service = await startTestService({}, () => NOW)
  for (const part of [0, 1, 2])
    await service.sendEvents(
      ...Array.from({ length: 400 }, (_, n) => ({
        id: `${part}-${n}`,
        type: 'page',
        time: NOW - n,
        visitorId: `v${part}-${n}`,
      })),
    )
  const text = await (await service.ask('/v1/sessions.ndjson')).text()
  const found = text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as SessionObject).id)
  expect(new Set(found).size).toBe(1_200)
})

test('texts that a spreadsheet would compute are made harmless in the export', async () => {
  const service = await startTestService({}, () => NOW)
  const path = '=HYPERLINK("https://evil.test")'
  await service.sendEvents({ id: 'a', type: 'page', time: NOW, visitorId: 'v1', page: { path } })
  const csv = await (await service.ask('/v1/sessions.csv')).text()
  expect(csv).toContain(`"'=HYPERLINK(""https://evil.test"")"`)
})

test('a storage that does not answer is a 503 with a time to come back, and a line in the log', async () => {
  const service = await startTestService()
  const { store } = service.collector
  const broken = () => Promise.reject(new StoreUnavailable('disk full at /secret/path'))
  Object.assign(store, { commit: broken, sessions: broken, checkWritable: broken })
  const event = { id: 'a', type: 'page', time: Date.now(), visitorId: 'v1' }
  for (const answer of [
    await service.send({ writeKey: 'pk_test', sentAt: Date.now(), events: [event] }),
    await service.ask('/v1/sessions'),
    await service.ask('/v1/sessions.csv'),
    await service.ask('/readyz'),
  ]) {
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(JSON.stringify(await problemOf(answer))).not.toContain('secret')
  }
  expect((await service.ask('/healthz')).status).toBe(200)
  expect(service.logged()).toContain('disk full')
})

test('a fault of ours is a 500 with an id that the log has too, and nothing else', async () => {
  const service = await startTestService()
  const fault = () => Promise.reject(new TypeError('select secret from events'))
  Object.assign(service.collector.store, { commit: fault, sessions: fault })
  const event = { id: 'a', type: 'page', time: Date.now(), visitorId: 'v1' }
  for (const answer of [
    await service.send({ writeKey: 'pk_test', sentAt: Date.now(), events: [event] }),
    await service.ask('/v1/sessions'),
  ]) {
    const document = await problemOf(answer)
    expect(answer.status).toBe(500)
    expect(JSON.stringify(document)).not.toMatch(/secret|TypeError/)
    expect(service.logged()).toContain(document.requestId)
  }
})

test('alive and ready', async () => {
  const service = await startTestService()
  expect(await (await fetch(`${service.url}/healthz`)).json()).toEqual({ status: 'ok' })
  expect(await (await fetch(`${service.url}/readyz`)).json()).toEqual({ status: 'ready' })
})
