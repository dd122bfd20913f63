import { expect, test } from 'vitest'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import type { SessionObject, ToldDifference } from '@sojourn/protocol'
import type { WhatIf } from '../what-if/what-if.ts'
import { tellDifferences } from './tell-differences.ts'

const NOW = Date.UTC(2024, 4, 30, 8)
const MINUTE = 60_000
const ago = (minutes: number): string => new Date(NOW - minutes * MINUTE).toISOString()

/** Events of one visitor, minutes before now; all with one session id. */
async function withEvents(...minutesAgo: number[]): Promise<TestService> {
  const service = await startTestService({}, () => NOW)
  await service.sendEvents(
    ...minutesAgo.map((minutes) => ({
      id: `e${minutes}`,
      type: 'page',
      time: NOW - minutes * MINUTE,
      visitorId: 'v1',
      session: { id: 's1' },
      page: { url: `https://shop.example/${minutes}` },
    })),
  )
  return service
}

function put(service: TestService, name: string, body: unknown): Promise<Response> {
  return service.ask(`/v1/definitions/${name}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function sessionsUnder(service: TestService, definition: string): Promise<readonly SessionObject[]> {
  const { sessions } = await service.read<{ sessions: SessionObject[] }>(
    `/v1/sessions?definition=${definition}&sort=start`,
  )
  return sessions
}

test('a definition that is put tells sessions, which all routes of sessions answer', async () => {
  const service = await withEvents(100, 95, 60, 40)
  const made = await put(service, 'game', { timeout: '10m' })
  expect([made.status, await made.json()]).toEqual([
    200,
    expect.objectContaining({ name: 'game', timeout: '10m', version: 1, isBuiltIn: false }),
  ])
  const sessions = await sessionsUnder(service, 'game')
  expect(
    sessions.map(({ counts, startReason, endReason }) => [counts.events, startReason, endReason]),
  ).toEqual([
    [2, 'first', 'timeout'],
    [1, 'timeout', 'timeout'],
    [1, 'timeout', undefined],
  ])
  const { id } = sessions[0]!
  expect(await service.read(`/v1/sessions/${id}?definition=game`)).toEqual(sessions[0])
  const { events } = await service.read<{ events: { id: string; sessionId: string }[] }>(
    `/v1/sessions/${id}/events?definition=game`,
  )
  expect(events.map((event) => [event.id, event.sessionId])).toEqual([
    ['e100', id],
    ['e95', id],
  ])
  const csv = await (await service.ask('/v1/sessions.csv?definition=game')).text()
  expect(csv.trimEnd().split('\n')).toHaveLength(4)
  expect(await service.read('/v1/metrics/durations?definition=game')).toBeDefined()
  expect(await service.read('/v1/definitions/game')).toMatchObject({ status: 'ready', progress: 1 })
})

test('built-in definitions are listed and cannot be changed', async () => {
  const service = await withEvents(1)
  const { definitions } = await service.read<{ definitions: { name: string }[] }>('/v1/definitions')
  expect(definitions.map(({ name }) => name)).toEqual(['client', 'cross-property', 'product', 'visits'])
  for (const name of ['client', 'visits', 'product']) {
    expect((await problemOf(await put(service, name, {}))).type).toBe('urn:sojourn:problem:bad_definition')
    const { status } = await service.ask(`/v1/definitions/${name}`, { method: 'DELETE' })
    expect(status).toBe(409)
  }
  expect(await sessionsUnder(service, 'product')).toHaveLength(1)
})

test('a bad definition is a 400 that lists every problem, and nothing is stored', async () => {
  const service = await withEvents(1)
  const answer = await put(service, 'game', {
    name: 'other',
    timeout: 0,
    dayBoundary: 'Mars/Olympus',
    colour: 'red',
    sources: ['nowhere'],
  })
  const { status, errors } = await problemOf(answer)
  expect(status).toBe(400)
  for (const word of ['timeout', 'Mars/Olympus', 'colour', 'nowhere'])
    expect(
      errors!.some((error) => error.includes(word)),
      word,
    ).toBe(true)
  expect((await service.ask('/v1/definitions/game')).status).toBe(404)
  expect((await problemOf(await service.ask('/v1/sessions?definition=game'))).errors).toEqual([
    'definition: There is no definition "game".',
  ])
  for (const body of [[], 'x', null, 7]) expect((await put(service, 'game', body)).status).toBe(400)
})

test('a definition is told anew when asked, and is gone when deleted', async () => {
  const service = await withEvents(50, 1)
  await put(service, 'game', { timeout: '10m' })
  expect(await sessionsUnder(service, 'game')).toHaveLength(2)
  const again = await service.ask('/v1/definitions/game/rebuild', { method: 'POST' })
  expect([again.status, await again.json()]).toEqual([200, expect.objectContaining({ version: 1 })])
  expect(await sessionsUnder(service, 'game')).toHaveLength(2)
  expect((await service.ask('/v1/definitions/game', { method: 'DELETE' })).status).toBe(204)
  expect((await service.ask('/v1/definitions/game', { method: 'DELETE' })).status).toBe(404)
  expect((await service.ask('/v1/definitions/game/rebuild', { method: 'POST' })).status).toBe(404)
})

test('what-if answers for every timeout, of a range of days and of one source', async () => {
  const service = await withEvents(24 * 60, 24 * 60 - 5, 60, 40, 0)
  const at = async (query: string) => {
    const { timeouts } = await service.read<{ timeouts: WhatIf[] }>(`/v1/definitions/what-if?${query}`)
    return timeouts.find(({ timeoutMs }) => timeoutMs === 30 * MINUTE)
  }
  expect(await at('')).toMatchObject({ sessions: 3, bounces: 1, totalDurationMs: 25 * MINUTE })
  expect(await at('source=Test&scope=profile')).toMatchObject({ sessions: 3 })
  expect(await at('source=nowhere')).toMatchObject({ sessions: 0 })
  expect(await at('from=2024-05-30')).toMatchObject({ sessions: 2, totalDurationMs: 20 * MINUTE })
  expect(await at('to=2024-05-30')).toMatchObject({ sessions: 1, totalDurationMs: 5 * MINUTE })
  expect((await service.ask('/v1/definitions/what-if?from=2024-02-30')).status).toBe(400)
  expect(await service.read('/v1/definitions/suggest')).toMatchObject({ verdict: 'too-few', gaps: 4 })
})

test('compare shows which sessions are split, and why', async () => {
  const service = await withEvents(100, 60, 59)
  expect(await service.read('/v1/definitions/compare')).toEqual({
    first: { sessions: 1, bounces: 0, duration: 41 * 60 },
    second: { sessions: 2, bounces: 1, duration: 60 },
    split: 1,
    merged: 0,
    onlyFirst: 0,
    onlySecond: 0,
    examples: [
      {
        kind: 'split',
        session: 's1',
        profile: { id: expect.any(String) },
        visitor: { id: 'v1' },
        time: ago(100),
        events: 3,
        duration: 41 * 60,
        into: [
          expect.objectContaining({ rule: 'first', event: 'e100', time: ago(100), events: 1, duration: 0 }),
          {
            session: expect.any(String),
            rule: 'timeout',
            event: 'e60',
            name: 'page_view',
            path: '/60',
            time: ago(60),
            gapMs: 40 * MINUTE,
            events: 2,
            duration: 60,
          },
        ],
      },
    ],
  })
  expect(await service.read('/v1/definitions/compare?first=visits&second=client&examples=0')).toMatchObject({
    split: 0,
    merged: 1,
    examples: [],
  })
})

test('compare says with which event, after what pause and why the sender began another session', async () => {
  const service = await startTestService({}, () => NOW)
  const event = { type: 'page', visitorId: 'v1', userId: 'u-42' }
  const page = (path: string) => ({ url: `https://shop.example${path}` })
  const stamp = { id: 's2', number: 2, previousId: 's1', startReason: 'campaign' }
  await service.sendEvents(
    { ...event, id: 'a', time: NOW - 60_000, session: { id: 's1' }, page: page('/') },
    { ...event, id: 'b', time: NOW - 12_000, session: stamp, page: page('/pricing') },
    // The first session was still going on when the others began.
    { ...event, id: 'c', time: NOW - 9_000, session: { id: 's3' }, page: page('/docs') },
    { ...event, id: 'd', time: NOW - 8_000, session: { id: 's1' }, page: page('/') },
    { ...event, id: 'e', time: NOW - 3_000, session: { id: 's4' }, page: page('/help') },
  )
  const { examples } = await service.read<{ examples: ToldDifference[] }>(
    '/v1/definitions/compare?first=visits&second=client',
  )
  const [example] = examples
  expect([example!.profile.userId, example!.time, example!.events, example!.duration]).toEqual([
    'u-42',
    new Date(NOW - 60_000).toISOString(),
    5,
    57,
  ])
  expect(
    example!.into.map(({ session, name, path, startReason, gapMs, rule }) => ({
      ...{ session, name, path, startReason, gapMs, rule },
    })),
  ).toEqual([
    { session: 's1', name: 'page_view', path: '/' },
    { session: 's2', name: 'page_view', path: '/pricing', startReason: 'campaign', gapMs: 48_000 },
    { session: 's3', name: 'page_view', path: '/docs', gapMs: 3_000 },
    { session: 's4', name: 'page_view', path: '/help', gapMs: 5_000 },
  ])
})

test('a compared session that is gone when it is looked at is no example', async () => {
  const gone = {
    first: { sessions: 1, bounces: 0, duration: 0 },
    second: { sessions: 2, bounces: 2, duration: 0 },
    ...{ split: 1, merged: 0, onlyFirst: 0, onlySecond: 0 },
    examples: [{ kind: 'split', session: 'a', into: [{ session: 'b' }, { session: 'c' }] }],
  } as const
  const nobody = {
    session: () => Promise.resolve(undefined),
    sessionEvents: () => Promise.resolve(undefined),
  }
  expect(await tellDifferences(nobody, gone, { first: 'client', second: 'visits', now: NOW })).toEqual({
    ...gone,
    examples: [],
  })
})
