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

  const { from, to } = rows[0]!
  const led = `definition=cross-property&led=marketing,product&ledFrom=${from.id}&ledTo=${to.name}`
  expect(await all(service, led)).toHaveLength(1)
  expect((await (await service.ask(`/v1/sessions.csv?${led}`)).text()).trim().split('\r\n')).toHaveLength(2)
  expect(await all(service, 'definition=cross-property&led=product,marketing')).toEqual([])
  const { total: found } = await service.read<PairRanking>(`/v1/metrics/sources?${led}`)
  expect(found.sessions).toBe(1)
})

test('a part of a path finds its sessions, as pages and as parts of the paths to a goal', async () => {
  const service = await withGoals()
  for (const [asked, name, until] of [
    ['', 'firstPages', ''],
    ['&last=true', 'lastPages', ''],
    ['&until=signup', 'firstPages', '&pagesUntil=signup'],
    ['&until=signup&last=true', 'lastPages', '&pagesUntil=signup'],
  ] as const) {
    const { rows, more } = await service.read<PathRanking>(
      `/v1/metrics/paths?steps=3&partial=true&limit=500${asked}`,
    )
    expect([more, rows.length > 1]).toEqual([false, true])
    for (const { steps, sessions } of rows)
      if (steps.length > 0)
        expect(
          await all(service, `${name}=${encodeURIComponent(JSON.stringify(steps))}${until}`),
        ).toHaveLength(sessions)
  }
})

test('sessions without a value are found by its name, so that their row leads to them, too', async () => {
  const service = await withSessions()
  const { rows } = await service.read<Ranking<RankedGroup>>('/v1/metrics/campaigns')
  const none = rows.find(({ utm_source }) => utm_source === undefined)!
  expect(await all(service, 'without=utm_source,utm_medium,utm_campaign')).toHaveLength(none.sessions)
  const news = rows.find(({ utm_source }) => utm_source === 'news')!
  expect(await all(service, 'utm_source=news&without=utm_campaign')).toHaveLength(news.sessions)
  expect(await all(service, 'utm_source=news&without=utm_medium')).toEqual([])
})

test.each([
  ['ledFrom=blog', 'ledFrom needs led'],
  ['ledTo=blog', 'ledTo needs led'],
  ['pagesUntil=signup', 'pagesUntil needs firstPages or lastPages'],
  ['led=product', 'led must be source types'],
  ['firstPages=/', 'firstPages must be a JSON array'],
  ['lastPages=[]', 'lastPages must be a JSON array'],
  ['without=luck', 'without must be some of entry, '],
])('%s is refused with what to mend, wherever sessions are asked for', async (asked, words) => {
  const service = await withSessions()
  for (const path of ['sessions', 'sessions.csv', 'metrics/timeseries', 'metrics/paths']) {
    const answer = await service.ask(`/v1/${path}?${asked}`)
    expect([path, answer.status, await answer.text()]).toEqual([path, 400, expect.stringContaining(words)])
  }
})
