import { expect, test } from 'vitest'
import { WRITE_KEY, startTestService } from '../service.fixture.ts'
import type { EventObject } from '../query/event-object.ts'
import type { SessionObject } from '@sojourn/protocol'

const NOW = Date.UTC(2024, 4, 30, 8)
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

const page = (id: string, more: object = {}) => ({ id, type: 'page', time: NOW, visitorId: 'v1', ...more })
const batch = (events: object[], more: object = {}) => ({ writeKey: WRITE_KEY, sentAt: NOW, events, ...more })

test('a body cannot say which address, place, source or time of receipt it is from', async () => {
  const service = await startTestService({ trustProxy: 1 }, () => NOW)
  const claims = {
    ip: '198.51.100.99',
    geo: { country: { code: 'KP' } },
    sourceId: 'other',
    source: { id: 'other' },
    receivedAt: 1,
    clockOffsetMs: 5,
    sessionId: 'mine',
    correctedTime: 1,
  }
  const event = page('e1', { ...claims, context: claims })
  const headers = {
    'X-Forwarded-For': '192.0.2.1, 203.0.113.77',
    'X-Real-IP': '192.0.2.2',
    Forwarded: 'for=192.0.2.3',
  }
  await service.send(batch([event], { ...claims, context: { ...claims, ipAddress: '192.0.2.4' } }), headers)
  const { events } = await service.read<{ events: EventObject[] }>('/v1/events')
  expect(events[0]).toMatchObject({
    source: { id: 'test' },
    receivedAt: NOW,
    correctedTime: NOW,
    clockOffsetMs: 0,
    context: { ip: '203.0.113.0' },
  })
  expect(events[0]!.context).not.toHaveProperty('geo')
  expect(JSON.stringify(events)).not.toMatch(/198\.51|192\.0\.2|KP/)
})

test.each([
  ['no proxy is trusted', false, '203.0.113.7', '127.0.0.0'],
  ['one is, and the visitor wrote a chain', 1, '192.0.2.1, 192.0.2.2, 203.0.113.7', '203.0.113.0'],
  ['a range is, and the visitor names it too', ['loopback'], '192.0.2.1, 203.0.113.7', '203.0.113.0'],
  ['one is, and it forwards no address', 1, 'unknown', undefined],
] as const)('where %s, the address is the right one', async (_, trustProxy, forwarded, ip) => {
  const service = await startTestService({ trustProxy }, () => NOW)
  await service.send(batch([page('e1')]), { 'X-Forwarded-For': forwarded })
  const { events } = await service.read<{ events: EventObject[] }>('/v1/events')
  expect(events[0]!.context.ip).toBe(ip)
})

test('who knows a session id changes nothing in that session, and gets one of its own', async () => {
  const service = await startTestService({ trustProxy: 1 }, () => NOW)
  const session = { id: 's1', number: 1, startReason: 'first' }
  const owner = { 'X-Forwarded-For': '203.0.113.7', 'User-Agent': FIREFOX }
  await service.send(batch([page('e1', { session, userId: 'u-owner', traits: { plan: 'pro' } })]), owner)
  const before = await service.read<SessionObject>('/v1/sessions/s1')
  const forged = [
    page('x1', {
      session,
      visitorId: 'v2',
      userId: 'u-thief',
      traits: { plan: 'stolen' },
      time: NOW - 5_000,
    }),
    page('x2', {
      session: { ...session, number: 9, previousId: 'p' },
      visitorId: 'v2',
      tags: ['stolen'],
      campaign: { source: 'stolen' },
    }),
    {
      id: 'x3',
      type: 'identify',
      time: NOW,
      visitorId: 'v2',
      userId: 'u-owner',
      session,
      traits: { plan: 'stolen' },
    },
  ]
  await service.send(batch(forged), { 'X-Forwarded-For': '198.51.100.1', 'User-Agent': SAFARI })
  expect(await service.read('/v1/sessions/s1')).toEqual(before)
  const { sessions } = await service.read<{ sessions: SessionObject[] }>('/v1/sessions?visitor=v2')
  expect(sessions).toHaveLength(1)
  expect(sessions[0]!.id).not.toBe('s1')
  expect(before).toMatchObject({ visitor: { id: 'v1' }, traits: { plan: 'pro' }, counts: { events: 1 } })
})

test('an event id that another sender used is a duplicate, and the first event stays', async () => {
  const service = await startTestService({}, () => NOW)
  await service.sendEvents(page('e1', { page: { path: '/mine' } }))
  const forged = page('e1', { visitorId: 'v2', page: { path: '/forged' } })
  expect(await service.sendEvents(forged)).toMatchObject({ accepted: 0, duplicates: 1 })
  expect(await service.read('/v1/events')).toMatchObject({
    events: [{ visitorId: 'v1', page: { path: '/mine' } }],
  })
})

test.each([
  ['truncate', /203\.0\.113\.77/],
  ['drop', /203\.0\.113/],
] as const)(
  'with SOJOURN_IP=%s no answer, export, error or log holds more of an address',
  async (addressMode, more) => {
    const service = await startTestService({ addressMode, trustProxy: 1 }, () => NOW)
    const headers = { 'X-Forwarded-For': '203.0.113.77' }
    await service.send(batch([page('e1'), page('bad', { type: 'none' })]), headers)
    await service.send('{', headers)
    await service.send({ ...batch([]), writeKey: 'none' }, headers)
    const routes = [
      'sessions',
      'events',
      'sessions.csv',
      'sessions.ndjson',
      'health',
      'metrics/devices',
      'metrics/entries',
    ]
    for (const route of routes) {
      const answer = await service.ask(`/v1/${route}`)
      expect([route, answer.status]).toEqual([route, 200])
      expect(await answer.text()).not.toMatch(more)
    }
    expect(service.logged()).not.toContain('203.0.113')
  },
)
