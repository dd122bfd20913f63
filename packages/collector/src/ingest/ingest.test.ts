import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { EventObject } from '../query/event-object.ts'
import { WRITE_KEY, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'
import { writeMmdb } from './mmdb.fixture.ts'

const NOW = Date.UTC(2024, 4, 30, 8)
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'

function batch(...events: object[]) {
  return { writeKey: WRITE_KEY, sentAt: NOW, events }
}

function page(id: string, more: object = {}) {
  return { id, type: 'page', time: NOW - 1_000, visitorId: 'v1', ...more }
}

async function sessions(service: TestService): Promise<SessionObject[]> {
  return (await service.read<{ sessions: SessionObject[] }>('/v1/sessions?sort=start')).sessions
}

async function events(service: TestService): Promise<EventObject[]> {
  return (await service.read<{ events: EventObject[] }>('/v1/events')).events
}

const started = () => startTestService({}, () => NOW)

test('a batch goes in, and its session comes out', async () => {
  const service = await started()
  const session = { id: 's1', number: 1, startReason: 'first' }
  const answer = await service.sendEvents(page('e1', { session, page: { path: '/' } }), {
    ...page('e2', { session, time: NOW }),
    type: 'track',
    name: 'buy',
    tags: ['cta'],
  })
  expect(answer).toEqual({ accepted: 2, duplicates: 0, rejected: [] })
  expect(await sessions(service)).toMatchObject([
    {
      id: 's1',
      counts: { events: 2, pageViews: 1 },
      entry: { name: 'page_view', path: '/' },
      exit: { name: 'buy' },
      tags: ['cta'],
      metadata: { time: { duration: 1 } },
    },
  ])
})

test('a repeated event is counted as a duplicate, in the same batch and in the next', async () => {
  const service = await started()
  expect(await service.sendEvents(page('e1'), page('e1'))).toMatchObject({ accepted: 1, duplicates: 1 })
  expect(await service.sendEvents(page('e1'), page('e2'))).toMatchObject({ accepted: 1, duplicates: 1 })
  expect(await events(service)).toHaveLength(2)
})

describe('every form of body that senders use', () => {
  const body = JSON.stringify(batch(page('e1')))
  test.each([
    ['text/plain', body, { 'Content-Type': 'text/plain;charset=UTF-8' }],
    ['application/json', body, { 'Content-Type': 'application/json' }],
    ['no type', new TextEncoder().encode(body), { 'Content-Type': '' }],
    ['a byte order mark', `\ufeff${body}`, {}],
    ['gzip', gzipSync(body), { 'Content-Encoding': 'gzip' }],
    ['identity', body, { 'Content-Encoding': 'identity' }],
  ])('%s', async (_, sent, headers) => {
    const service = await started()
    const answer = await service.send(sent, headers as Record<string, string>)
    expect([answer.status, await answer.json()]).toEqual([200, { accepted: 1, duplicates: 0, rejected: [] }])
  })
})

describe('times', () => {
  test('a sender whose clock is wrong is corrected, and what it sent is kept beside', async () => {
    const service = await started()
    const sentAt = NOW - 7_200_000
    await service.send({ ...batch(page('e1', { time: sentAt - 5_000 })), sentAt })
    expect(await events(service)).toMatchObject([
      {
        id: 'e1',
        time: sentAt - 5_000,
        correctedTime: NOW - 5_000,
        receivedAt: NOW,
        clockOffsetMs: 7_200_000,
      },
    ])
    expect((await sessions(service))[0]?.metadata.time.insert).toBe(new Date(NOW - 5_000).toISOString())
  })

  test('an event later than its own sentAt counts when it was received', async () => {
    const service = await started()
    expect(await service.sendEvents(page('e1', { time: NOW + 3_600_000 }))).toMatchObject({ accepted: 1 })
    expect(await events(service)).toMatchObject([{ correctedTime: NOW, clockOffsetMs: 0 }])
  })
})

describe('the sender', () => {
  test('a browser that says nothing of itself is described by its header', async () => {
    const service = await started()
    await service.send(batch(page('e1')), { 'User-Agent': FIREFOX })
    expect((await sessions(service))[0]).toMatchObject({
      device: { type: 'desktop', ip: '127.0.0.0' },
      os: { name: 'Linux' },
      app: { type: 'browser', name: 'Firefox', version: '127', bot: false },
    })
  })

  test('a server relays the agent of its visitor; its own says nothing', async () => {
    const service = await started()
    const headers = { 'User-Agent': 'node' }
    await service.send({ ...batch(page('e1')), context: { userAgent: FIREFOX } }, headers)
    await service.send(batch(page('e2', { visitorId: 'v2' })), headers)
    const apps = (await sessions(service)).map(({ app }) => [app?.type, app?.name, app?.bot])
    expect(apps).toEqual(
      expect.arrayContaining([
        ['browser', 'Firefox', false],
        [undefined, undefined, undefined],
      ]),
    )
  })

  test.each([
    ['truncate', '203.0.113.0'],
    ['keep', '203.0.113.77'],
    ['drop', undefined],
  ] as const)(
    'with SOJOURN_IP=%s the address is stored as %s, and the place found all the same',
    async (addressMode, ip) => {
      const folder = mkdtempSync(join(tmpdir(), 'sojourn-geo-'))
      const geoPath = join(folder, 'city.mmdb')
      writeFileSync(
        geoPath,
        writeMmdb('203.0.113.0', { country: { iso_code: 'FR', names: { en: 'France' } } }),
      )
      const service = await startTestService({ addressMode, geoPath, trustProxy: 1 }, () => NOW)
      rmSync(folder, { recursive: true })
      await service.send(batch(page('e1')), { 'X-Forwarded-For': '198.51.100.1, 203.0.113.77' })
      const [event] = await events(service)
      expect(event?.context.ip).toBe(ip)
      expect(event?.context.geo).toEqual({ country: { code: 'FR', name: 'France' } })
      expect((await sessions(service))[0]?.device?.ip).toBe(ip)
      expect(service.logged()).not.toContain('203.0.113')
    },
  )

  test('X-Forwarded-For is not believed unless a proxy is trusted', async () => {
    const service = await started()
    await service.send(batch(page('e1')), { 'X-Forwarded-For': '203.0.113.77' })
    expect((await events(service))[0]?.context.ip).toBe('127.0.0.0')
  })
})

test('an empty batch, and one of refused events only, are answered without a commit', async () => {
  const service = await started()
  expect(await service.sendEvents()).toEqual({ accepted: 0, duplicates: 0, rejected: [] })
  expect(await service.sendEvents({ id: 'e1' })).toMatchObject({
    accepted: 0,
    rejected: [{ reason: 'bad_type' }],
  })
})
