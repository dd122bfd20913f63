import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'

const NOW = Date.UTC(2024, 4, 30, 8)
const DOCS = readFileSync(new URL('../../../../docs/read-api.md', import.meta.url), 'utf8')

interface Answered {
  readonly version: number
  readonly status: string
  readonly progress: number
  readonly rules?: readonly unknown[]
  readonly goals?: readonly unknown[]
}

function put(service: TestService, path: string, body: unknown): Promise<Response> {
  return service.ask(path, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

function example(kind: string): object {
  return JSON.parse(new RegExp(`^\`\`\`json ${kind}\\n(.*?)^\`\`\``, 'ms').exec(DOCS)![1]!) as object
}

async function sessionsOf(service: TestService, query: string): Promise<readonly SessionObject[]> {
  const { sessions } = await service.read<{ sessions: SessionObject[] }>(`/v1/sessions?${query}`)
  return sessions
}

test('rules and goals are put and read, each list for itself', async () => {
  const service = await startTestService({}, () => NOW)
  expect(await service.read('/v1/scoring')).toEqual({ rules: [], version: 0, status: 'ready', progress: 1 })
  const [rules, goals] = [example('scoring'), example('goals')]
  expect(await (await put(service, '/v1/scoring', rules)).json()).toMatchObject({ ...rules, version: 1 })
  expect(await (await put(service, '/v1/goals', goals)).json()).toMatchObject({ ...goals, version: 2 })
  expect(await service.read('/v1/scoring')).toEqual({ ...rules, version: 2, status: 'ready', progress: 1 })
  expect(await service.read('/v1/goals')).toEqual({ ...goals, version: 2, status: 'ready', progress: 1 })
})

test('a bad list is one 400 with all that is wrong, and changes nothing', async () => {
  const service = await startTestService({}, () => NOW)
  await put(service, '/v1/goals', example('goals'))
  const bad = { goals: [{ name: 'x', match: {} }, { match: { regex: '(a+)+' } }], more: 1 }
  const answer = await put(service, '/v1/goals', bad)
  const { type, errors } = await problemOf(answer)
  expect([answer.status, type]).toEqual([400, 'urn:sojourn:problem:bad_scoring'])
  expect(errors!.length).toBeGreaterThanOrEqual(4)
  expect(await service.read<Answered>('/v1/goals')).toMatchObject(example('goals'))
  const text = await service.ask('/v1/scoring', { method: 'PUT', body: 'rules' })
  expect(text.status).toBe(415)
})

test('sessions are found by points and goals, also those of before the rules, under each definition', async () => {
  const service = await startTestService({}, () => NOW)
  const event = (n: number, name: string, path: string) => ({
    id: `e${n}-${name}`,
    type: 'track',
    name,
    time: NOW - n * 7_200_000,
    visitorId: `v${n % 2}`,
    session: { id: `s${n}` },
    page: { path },
  })
  await service.sendEvents(
    event(1, 'seen', '/pricing/pro'),
    event(1, 'signed_up', '/'),
    event(2, 'seen', '/'),
  )
  await service.read('/v1/sessions?definition=visits')
  await put(service, '/v1/scoring', { rules: [{ match: { path: '/pricing/*' }, points: 5 }] })
  await put(service, '/v1/goals', { goals: [{ name: 'trial', match: { name: 'signed_up' } }] })
  await service.sendEvents(event(3, 'signed_up', '/pricing/team'), event(4, 'seen', '/pricing/'))
  await expect.poll(async () => (await service.read<Answered>('/v1/goals')).status).toBe('ready')
  for (const definition of ['client', 'visits']) {
    const told = (query: string) => sessionsOf(service, `definition=${definition}&${query}`)
    const all = await told('sort=-points')
    expect(all.map(({ points }) => points)).toEqual([5, 5, 5, 0])
    expect((await told('goal=trial')).map(({ goals }) => goals)).toEqual([['trial'], ['trial']])
    expect(await told('converted=false&minPoints=1')).toHaveLength(1)
    expect(await told('goal=tria')).toEqual([])
    const totals = await service.read(`/v1/metrics/goals?definition=${definition}`)
    expect(totals).toMatchObject({
      total: { sessions: 4, points: 15, conversions: 2, conversionRate: 0.5 },
      rows: [{ goal: 'trial', sessions: 2 }],
    })
  }
})
