import type { Health } from '@sojourn/protocol'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import { StoreUnavailable } from '../store/store.ts'
import { LATE_MS } from './ingest-meter.ts'

const NOW = Date.UTC(2024, 4, 30, 8)

const event = (id: string, more: object = {}) => ({
  id,
  type: 'page',
  time: NOW,
  visitorId: 'v1',
  session: { id: 's1' },
  ...more,
})
const health = (service: TestService) => service.read<Health>('/v1/health')

/** The metrics by name and labels. */
async function scrape(service: TestService): Promise<ReadonlyMap<string, number>> {
  const answer = await service.ask('/metrics')
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const lines = (await answer.text()).trimEnd().split('\n')
  const samples = lines.filter((line) => !line.startsWith('#'))
  for (const line of samples) expect(line).toMatch(/^[a-z_]+(\{([a-z]+="([^"\\\n]|\\.)*",?)+\})? [-+.e\d]+$/i)
  const map = new Map(samples.map((line) => [line.replace(/ \S+$/, ''), Number(line.match(/\S+$/)![0])]))
  expect(map.size).toBe(samples.length)
  return map
}

test('what became of events is counted', async () => {
  const service = await startTestService({}, () => NOW)
  await service.sendEvents(event('a'), event('b', { time: NOW - LATE_MS - 1 }), event('bad', { type: 'x' }))
  await service.sendEvents(event('a'), event('c'), event('no name', { type: 'track' }), { id: 'bad 2' })
  await service.send({
    writeKey: 'pk_test',
    sentAt: NOW - 3_600_000,
    context: { dropped: 7 },
    events: [event('d', { time: NOW - 3_600_000 })],
  })
  await service.send({ writeKey: 'pk_wrong', sentAt: NOW, events: [event('e')] })
  await service.send('no json')
  const told = await health(service)
  expect(told).toMatchObject({
    since: new Date(NOW).toISOString(),
    events: { accepted: 4, duplicates: 1, late: 1, dropped: 7 },
    refusedRequests: { unknown_write_key: 1, not_json: 1 },
    skewedBatches: 1,
    sequenceGaps: [],
    commits: { count: 3, failed: 0, queuedEvents: 0 },
    streams: 0,
  })
  expect(Object.entries(told.events.rejected).filter(([, count]) => count > 0)).toEqual([
    ['bad_type', 2],
    ['bad_name', 1],
  ])
  expect(told.rejections.map(({ id, reason, source }) => [id, reason, source.name])).toEqual([
    ['bad 2', 'bad_type', 'Test'],
    ['bad', 'bad_type', 'Test'],
    ['no name', 'bad_name', 'Test'],
  ])
  expect(told.commits.p50Ms).toBeGreaterThan(0)
  expect(told.commits.p99Ms).toBeGreaterThanOrEqual(told.commits.p50Ms!)
  expect(told.storedBytes).toBeGreaterThan(10_000)

  const metrics = await scrape(service)
  expect(metrics.get('sojourn_events_accepted_total')).toBe(4)
  expect(metrics.get('sojourn_events_rejected_total{reason="bad_type"}')).toBe(2)
  expect(metrics.get('sojourn_events_rejected_total{reason="too_deep"}')).toBe(0)
  expect(metrics.get('sojourn_requests_refused_total{kind="unknown_write_key"}')).toBe(1)
  expect(metrics.get('sojourn_commit_seconds_count')).toBe(3)
  expect(metrics.get('sojourn_commit_seconds_bucket{le="+Inf"}')).toBe(3)
})

test('of refused events the last few of each reason are kept', async () => {
  const service = await startTestService({}, () => NOW)
  for (let i = 0; i < 9; i++) await service.sendEvents(event(`bad ${i}`, { type: 'x' }))
  const { rejections, events } = await health(service)
  expect([rejections.map(({ id }) => id), events.rejected.bad_type]).toEqual([['bad 8', 'bad 7', 'bad 6'], 9])
})

test('a loss that is reported again with a batch that is sent again counts once', async () => {
  const service = await startTestService({}, () => NOW)
  const batch = { writeKey: 'pk_test', sentAt: NOW, context: { dropped: 3 }, events: [event('a')] }
  await service.send(batch)
  await service.send(batch)
  expect((await health(service)).events.dropped).toBe(3)
})

test('what tabs numbered and has not arrived is counted per source, until it comes', async () => {
  const service = await startTestService({}, () => NOW)
  await service.collector.sources.add({
    id: 'odd',
    name: 'a "b"\\\nc',
    type: 'docs',
    origins: [],
    writeKey: 'pk_odd',
  })
  const numbered = (seq: number, tab = 't1') => event(`${tab} ${seq}`, { tab, seq })
  await service.sendEvents(numbered(1), numbered(4), numbered(2, 't2'))
  await service.send({ writeKey: 'pk_odd', sentAt: NOW, events: [numbered(2, 't9')] })
  const { sequenceGaps } = await health(service)
  expect(sequenceGaps).toEqual(
    expect.arrayContaining([
      { source: { id: 'test', name: 'Test' }, tabs: 2, missing: 3 },
      { source: { id: 'odd', name: 'a "b"\\\nc' }, tabs: 1, missing: 1 },
    ]),
  )
  const metrics = await scrape(service)
  expect(metrics.get('sojourn_sequence_gap_events{source="test",name="Test"}')).toBe(3)
  expect(metrics.get('sojourn_sequence_gap_tabs{source="odd",name="a \\"b\\"\\\\\\nc"}')).toBe(1)
  await service.sendEvents(numbered(2), numbered(3), numbered(1, 't2'))
  expect((await health(service)).sequenceGaps.map(({ source }) => source.id)).toEqual(['odd'])
})

test('commits that fail are counted, and so are the requests', async () => {
  const service = await startTestService({}, () => NOW)
  Object.assign(service.collector.store, { commit: () => Promise.reject(new StoreUnavailable('full')) })
  expect((await service.send({ writeKey: 'pk_test', sentAt: NOW, events: [event('a')] })).status).toBe(503)
  expect(await health(service)).toMatchObject({
    events: { accepted: 0 },
    commits: { count: 0, failed: 1, queuedEvents: 0 },
    refusedRequests: { unavailable: 1 },
  })
  expect(await health(service)).not.toHaveProperty('commits.p50Ms')
})

test('both need the token, and take no parameter', async () => {
  const service = await startTestService()
  for (const path of ['/metrics', '/v1/health']) expect((await fetch(service.url + path)).status).toBe(401)
  expect((await service.ask('/v1/health?x=1')).status).toBe(400)
})

test('damage that a read meets is a 503 of its own kind, in the log, and shown from then on', async () => {
  const service = await startTestService({}, () => NOW)
  await service.sendEvents(event('a', { page: { path: '/secret' } }))
  expect(await health(service)).not.toHaveProperty('damage')
  const db = new Database(service.dbPath)
  db.exec("update events set body = replace(body, 'secret', 'public')")
  db.close()
  const answer = await service.ask('/v1/events')
  expect(answer.status).toBe(503)
  const problem = await problemOf(answer)
  expect(problem.type).toBe('urn:sojourn:problem:damaged')
  expect(problem.detail).toContain('sojourn verify')
  expect(service.logged()).toContain(problem.requestId)
  const last = 'What is stored of the event a is not what was written.'
  expect((await health(service)).damage).toEqual({ count: 1, lastAt: new Date(NOW).toISOString(), last })
  expect((await scrape(service)).get('sojourn_damage_total')).toBe(1)
  expect(await service.sendEvents(event('b'))).toMatchObject({ accepted: 1 })
})
