import { expect, test } from 'vitest'
import type { TestService } from '../service.fixture.ts'
import type { PathRanking, RankedGroup, Ranking } from './rankings.ts'
import { all, NOW, withSessions } from './sessions-service.fixture.ts'
import type { PairRanking } from './source-pairs.ts'

const GOALS = [
  { name: 'bought', match: { name: 'bought' } },
  { name: 'signup', match: { path: '/signup' } },
]

async function withGoals(): Promise<TestService> {
  const service = await withSessions()
  await service.collector.store.putScoring({ goals: GOALS })
  await expect.poll(async () => (await service.collector.store.scoring()).left).toBe(0)
  return service
}

test('a goal has its share of all sessions, and the rows of other lists have the rate at which theirs reach it', async () => {
  const service = await withGoals()
  const sessions = await all(service)
  const reached = (name: string) => sessions.filter(({ goals }) => goals?.includes(name))
  const { total, rows } = await service.read<Ranking<RankedGroup>>('/v1/metrics/goals')
  expect(total.conversions).toBe(sessions.filter(({ goals }) => goals!.length > 0).length)
  for (const { name } of GOALS) {
    const count = reached(name).length
    const row = rows.find(({ goal }) => goal === name)
    expect(row).toMatchObject({ sessions: count, conversions: count, conversionRate: count / 60 })
    for (const by of ['entries', 'sources', 'campaigns']) {
      const asked = `/v1/metrics/${by}?limit=500&conversionsOf=${name}`
      const list = await service.read<Ranking<RankedGroup>>(asked)
      expect(list.total.conversions).toBe(count)
      expect(list.rows.reduce((sum, one) => sum + one.conversions, 0)).toBe(count)
      for (const { conversions, conversionRate, sessions: size } of list.rows)
        expect(conversionRate).toBe(conversions / size)
    }
  }
})

test('paths lead to the exit, or to a goal', async () => {
  const service = await withGoals()
  const exits = await service.read<PathRanking>(
    '/v1/metrics/paths?steps=1&last=true&limit=100&exit=page_view',
  )
  for (const { steps, sessions } of exits.rows)
    expect(sessions).toBe((await all(service, `exit=page_view&exitPath=${steps[0]}`)).length)
  const goal = await service.read<PathRanking>('/v1/metrics/paths?until=signup&last=true&limit=100')
  expect(goal.total.sessions).toBe((await all(service, 'goal=signup')).length)
  expect(goal.rows.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(goal.total.sessions)
  for (const { steps } of goal.rows) expect(steps.at(-1)).toBe('/signup')
  const none = await service.read<PathRanking>('/v1/metrics/paths?until=nothing')
  expect([none.rows, none.total.sessions]).toEqual([[], 0])
})

test('pairs of sources are those of sessions that led from one to the other', async () => {
  const service = await withSessions()
  const at = (n: number, writeKey: string) => ({
    writeKey,
    sentAt: NOW,
    events: [{ id: `j${n}`, type: 'page', time: NOW - 60_000 + n * 1_000, visitorId: 'traveller' }],
  })
  for (const [n, key] of ['pk_blog', 'pk_test', 'pk_blog'].entries()) await service.send(at(n, key))
  const path = '/v1/metrics/sources?definition=cross-property&visitor=traveller'
  const { rows, total, examined } = await service.read<PairRanking>(`${path}&pair=marketing,product`)
  expect([total.sessions, examined, rows]).toMatchObject([
    1,
    1,
    [
      {
        from: { name: 'Blog', type: 'marketing' },
        to: { name: 'Test', type: 'product' },
        sessions: 1,
        events: 3,
      },
    ],
  ])
  expect((await service.read<PairRanking>(`${path}&pair=product,marketing`)).rows).toEqual([])
})
