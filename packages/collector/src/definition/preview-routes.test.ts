import { expect, test } from 'vitest'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import type { DefinitionPreview } from '@sojourn/protocol'
import { PREVIEWED_EVENTS } from './preview-routes.ts'

const NOW = Date.UTC(2024, 4, 30, 8)
const MINUTE = 60_000

function preview(service: TestService, body: unknown): Promise<Response> {
  return service.ask('/v1/definitions/preview', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Some weeks of a few people on two devices each, drawn without chance. */
function history(events: number): readonly object[] {
  return Array.from({ length: events }, (_, i) => ({
    id: `e${i}`,
    type: i % 11 === 3 ? 'track' : 'page',
    name: i % 11 === 3 ? ['login', 'logout', 'order'][i % 3] : 'page_view',
    time: NOW - ((i * 7919) % 20_000) * MINUTE,
    visitorId: `v${(i * 31) % 14}`,
    ...(i % 5 === 0 ? { userId: `u${((i * 31) % 14) % 6}` } : {}),
    passive: i % 13 === 5,
    session: { id: `s${i % 40}` },
    ...(i % 17 === 0 ? { campaign: { name: `c${i % 3}` } } : {}),
    ...(i % 9 === 0 ? { properties: { order_id: i % 4 } } : {}),
    page: { url: 'https://shop.example/', referrer: `https://news-${i % 3}.example/` },
  }))
}

test.each([
  {},
  { timeout: '90s' },
  { timeout: '6h', maxLength: '12h' },
  { maxEvents: 3, dayBoundary: 'Asia/Tokyo' },
  { splitOn: ['campaign', 'referrer', 'user'] },
  { startEvents: ['login'], endEvents: ['logout'], passiveEvents: ['order'] },
  { property: 'properties.order_id', timeout: '2d' },
  { scope: 'profile', timeout: '2h' },
  { scope: 'profile', sourceTypes: ['product'] },
  { by: 'client' },
])('says what %j makes of the events, as it would once it is stored', async (rules) => {
  const service = await startTestService({}, () => NOW)
  for (let at = 0; at < 900; at += 300) await service.sendEvents(...history(900).slice(at, at + 300))
  const answer = (await (await preview(service, rules)).json()) as DefinitionPreview
  const stored = await service.ask('/v1/definitions/mine', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(rules),
  })
  expect(stored.status).toBe(200)
  const { first } = await service.read<{
    first: { sessions: number; bounces: number; duration: number }
  }>('/v1/definitions/compare?first=mine&second=client&examples=0')
  expect(answer).toMatchObject({ events: 900, sessions: first.sessions, bounces: first.bounces })
  expect(answer.bounceRate).toBe(first.bounces / first.sessions)
  expect(Object.values(answer.began).reduce((sum, count) => sum + count)).toBe(first.sessions)
})

test('looks at the latest events only', async () => {
  const service = await startTestService({}, () => NOW)
  const { commit } = service.collector.store
  const context = { sender: {} }
  const facts = Array.from({ length: PREVIEWED_EVENTS + 600 }, (_, i) => ({
    event: {
      id: `e${i}`,
      type: 'page' as const,
      name: 'page_view',
      time: i * 1_000,
      visitorId: 'v',
      passive: false,
    },
    sourceId: 'test',
    time: NOW + i * 1_000,
    receivedAt: NOW,
    clockOffsetMs: 0,
    context,
  }))
  for (let at = 0; at < facts.length; at += 1_000) await commit(facts.slice(at, at + 1_000))
  expect(await (await preview(service, { timeout: '1h' })).json()).toEqual({
    events: PREVIEWED_EVENTS,
    from: new Date(NOW + 600_000).toISOString(),
    to: new Date(NOW + (PREVIEWED_EVENTS + 599) * 1_000).toISOString(),
    sessions: 1,
    bounces: 0,
    bounceRate: 0,
    meanDuration: PREVIEWED_EVENTS - 1,
    began: { first: 1 },
  })
})

test('refuses what is no definition, with all that is wrong, and stores nothing', async () => {
  const service = await startTestService()
  const answer = await preview(service, { timeout: '0s', splitOn: ['colour'], scope: 'planet' })
  const { errors, type } = await problemOf(answer)
  expect([answer.status, type, errors?.length]).toEqual([400, 'urn:sojourn:problem:bad_definition', 3])
  expect((await preview(service, [])).status).toBe(400)
  expect(await (await preview(service, {})).json()).toEqual({
    events: 0,
    sessions: 0,
    bounces: 0,
    bounceRate: null,
    meanDuration: null,
    began: {},
  })
  const { definitions } = await service.read<{ definitions: { isBuiltIn: boolean }[] }>('/v1/definitions')
  expect(definitions.every(({ isBuiltIn }) => isBuiltIn)).toBe(true)
})
