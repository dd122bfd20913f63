import { expect, test } from 'vitest'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'
import type { DurationHistogram } from './duration-histogram.ts'
import type { Measures } from './measures.ts'
import type { PathRanking, RankedGroup, Ranking } from './rankings.ts'
import type { PairRanking } from './source-pairs.ts'
import type { Timeseries } from './timeseries.ts'
import type { WithPrevious } from './with-previous.ts'

const NOW = Date.UTC(2024, 3, 2, 12)
const HOUR_MS = 3_600_000
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

/** Sixty sessions of ten visitors over the five days around the night in which Paris sets its clocks forward. */
async function withSessions(): Promise<TestService> {
  const service = await startTestService({}, () => NOW)
  await service.collector.sources.add({
    id: 'blog',
    name: 'Blog',
    type: 'marketing',
    origins: [],
    writeKey: 'pk_blog',
  })
  const paths = ['/', '/pricing', '/docs', '/signup']
  for (let n = 0; n < 60; n++) {
    const start = NOW - n * 2 * HOUR_MS
    const session = { id: `s${n}`, number: n + 1 }
    const events = Array.from({ length: 1 + (n % 4) }, (_, i) => ({
      id: `${n}-${i}`,
      type: i === 2 ? 'track' : 'page',
      name: i === 2 ? 'bought' : 'page_view',
      time: start + i * n * 1_000,
      visitorId: `v${n % 10}`,
      session,
      page: { path: paths[(n * i) % 4] },
      ...(n % 3 === 0 && { campaign: { source: n % 2 === 0 ? 'news' : '__proto__', medium: 'email' } }),
    }))
    const batch = {
      writeKey: n % 5 === 0 ? 'pk_blog' : 'pk_test',
      sentAt: NOW,
      context: { userAgent: n % 2 === 0 ? CHROME : IPHONE },
      events,
    }
    expect((await service.send(batch)).status).toBe(200)
  }
  return service
}

async function all(service: TestService, query = ''): Promise<SessionObject[]> {
  const { sessions } = await service.read<{ sessions: SessionObject[] }>(`/v1/sessions?limit=500&${query}`)
  return sessions
}

/** What the sessions amount to, told from the session objects alone. */
function measured(sessions: readonly SessionObject[]): Measures {
  const sum = (of: (session: SessionObject) => number) =>
    sessions.reduce((before, one) => before + of(one), 0)
  const mean = (total: number) => (sessions.length === 0 ? null : total / sessions.length)
  return {
    sessions: sessions.length,
    visitors: new Set(sessions.map(({ visitor }) => visitor?.id)).size,
    events: sum(({ counts }) => counts.events),
    pageViews: sum(({ counts }) => counts.pageViews),
    meanDuration: mean(sum(({ metadata }) => metadata.time.duration)),
    bounceRate: mean(sum(({ bounce }) => Number(bounce))),
    points: 0,
    conversions: 0,
    conversionRate: mean(0),
  }
}

const between = (sessions: readonly SessionObject[], from: string, to: string) =>
  sessions.filter(({ metadata: { time } }) => time.insert >= from && time.insert < to)

test.each(['hour', 'day', 'week', 'month'])(
  'sessions per %s in Paris are those that began in it',
  async (interval) => {
    const service = await withSessions()
    const series = await service.read<Timeseries>(
      `/v1/metrics/timeseries?interval=${interval}&tz=Europe/Paris&device=desktop`,
    )
    const sessions = await all(service, 'device=desktop')
    expect(series.total).toEqual(measured(sessions))
    for (const { from, to, ...measures } of series.intervals)
      expect(measures).toEqual(measured(between(sessions, from, to)))
    const { from, to, intervals } = series
    expect([intervals[0]!.from, intervals.at(-1)!.to]).toEqual([from, to])
    for (const [i, { to }] of intervals.slice(0, -1).entries()) expect(intervals[i + 1]!.from).toBe(to)
  },
)

test('days follow the clocks of the zone, empty ones are there, and the period before has as many', async () => {
  const service = await withSessions()
  const path =
    '/v1/metrics/timeseries?tz=Europe/Paris&from=2024-03-30T23:00Z&to=2024-04-04T22:00Z&compare=previous'
  const series = await service.read<Timeseries>(path)
  expect(series.intervals.map(({ from }) => from)).toEqual([
    '2024-03-30T23:00:00.000Z',
    '2024-03-31T22:00:00.000Z',
    '2024-04-01T22:00:00.000Z',
    '2024-04-02T22:00:00.000Z',
    '2024-04-03T22:00:00.000Z',
  ])
  expect(series.intervals.at(-1)).toMatchObject({ sessions: 0, meanDuration: null, bounceRate: null })
  const previous = series.previous!
  expect([previous.from, previous.to]).toEqual(['2024-03-25T23:00:00.000Z', series.from])
  expect(previous.intervals.length).toBe(5)
  const sessions = await all(service)
  expect(previous.total).toEqual(measured(between(sessions, previous.from!, previous.to!)))
  for (const { from, to, ...measures } of previous.intervals)
    expect(measures).toEqual(measured(between(sessions, from, to)))
})

test('without sessions there is a period all the same, and an empty period has no intervals', async () => {
  const service = await startTestService({}, () => NOW)
  const { total, intervals } = await service.read<Timeseries>('/v1/metrics/timeseries?interval=hour')
  expect([total.sessions, total.meanDuration, intervals.length]).toEqual([0, null, 1])
  const empty = await service.read<Timeseries>(
    '/v1/metrics/timeseries?from=2024-03-02&to=2024-03-01&compare=previous',
  )
  expect([empty.intervals, empty.previous?.intervals]).toEqual([[], []])
})

test.each([
  ['entries', 'path=/pricing'],
  ['exits', ''],
  ['sources', ''],
  ['campaigns', 'visitor=v3'],
  ['devices', 'sourceType=product'],
  ['countries', ''],
])('%s: the values of a row are parameters that find its sessions', async (by, filters) => {
  const service = await withSessions()
  const { total, rows, more } = await service.read<Ranking<RankedGroup>>(
    `/v1/metrics/${by}?limit=500&${filters}`,
  )
  expect(total).toEqual(measured(await all(service, filters)))
  expect(rows.reduce((sum, row) => sum + row.sessions, 0)).toBe(total.sessions)
  expect([rows.length > 0, more]).toEqual([true, false])
  const measures = Object.keys(total)
  for (const row of rows) {
    const values = Object.entries(row).filter(([name]) => !measures.includes(name) && name !== 'sourceName')
    if (values.length === 0) continue
    const asked = new URLSearchParams(filters)
    for (const [name, value] of values) asked.set(name, String(value))
    const found = await all(service, asked.toString())
    const isWhole = found.filter((session) => by !== 'campaigns' || session.utm !== undefined)
    expect(row).toMatchObject(measured(isWhole))
  }
})

test('a ranking is cut at its limit and says so, and tells of the period before', async () => {
  const service = await withSessions()
  const path = '/v1/metrics/entries?limit=1&from=2024-04-01&to=2024-04-02&compare=previous'
  const { rows, more, previous } = await service.read<WithPrevious<Ranking<RankedGroup>>>(path)
  expect([rows.length, more]).toEqual([1, false])
  const sessions = await all(service, 'from=2024-03-31&to=2024-04-01')
  expect([previous?.from, previous?.to]).toEqual(['2024-03-31T00:00:00.000Z', '2024-04-01T00:00:00.000Z'])
  expect(previous?.total).toEqual(measured(sessions))
  const exits = await service.read<Ranking<RankedGroup>>('/v1/metrics/exits?limit=1')
  expect([exits.rows.length, exits.more]).toEqual([1, true])
})

test('paths are the first pages of sessions, and every session has one', async () => {
  const service = await withSessions()
  const { total, rows, examined, more } = await service.read<PathRanking>(
    '/v1/metrics/paths?steps=2&limit=100',
  )
  expect([total.sessions, examined, more]).toEqual([60, 60, false])
  expect(rows.reduce((sum, row) => sum + row.sessions, 0)).toBe(60)
  expect(rows.map(({ steps }) => steps)).toContainEqual(['/', '/pricing'])
  expect(Math.max(...rows.map(({ steps }) => steps.length))).toBe(2)
})

test('durations fall into bars that end where the next begins', async () => {
  const service = await withSessions()
  const { total, bars } = await service.read<DurationHistogram>('/v1/metrics/durations?minEvents=2')
  expect(bars.reduce((sum, bar) => sum + bar.sessions, 0)).toBe(total.sessions)
  for (const { minDuration, maxDuration, sessions } of bars) {
    const upTo = maxDuration === undefined ? '' : `&maxDuration=${maxDuration}`
    expect(await all(service, `minEvents=2&minDuration=${minDuration}${upTo}`)).toHaveLength(sessions)
  }
})

test('without rules there are no goals, and visitors have no lifecycle', async () => {
  const service = await withSessions()
  for (const by of ['goals', 'lifecycle'])
    expect(await service.read<Ranking<RankedGroup>>(`/v1/metrics/${by}`)).toMatchObject({
      rows: [],
      more: false,
    })
})

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

test.each([
  ['sources?pair=product', 'pair'],
  ['sources?pair=product,product', 'pair'],
  ['sources?pair=,product', 'pair'],
  ['entries?pair=marketing,product', 'pair'],
  ['entries?until=trial', 'until'],
  ['paths?last=maybe', 'last'],
  ['timeseries?interval=year', 'interval'],
  ['timeseries?interval=hour&from=2000-01-01', 'interval'],
  ['timeseries?tz=Mars/Olympus', 'tz'],
  ['timeseries?tz=%2B02:00', 'tz'],
  ['timeseries?compare=previous', 'compare'],
  ['timeseries?limit=5', 'limit'],
  ['timeseries?sort=start', 'sort'],
  ['entries?interval=day', 'interval'],
  ['entries?limit=0', 'limit'],
  ['entries?cursor=x', 'cursor'],
  ['paths?steps=11', 'steps'],
  ['durations?colour=red', 'colour'],
  ['durations?from=yesterday', 'from'],
])('/v1/metrics/%s is a 400 that names %s', async (path, name) => {
  const answer = await (await startTestService({}, () => NOW)).ask(`/v1/metrics/${path}`)
  expect(answer.status).toBe(400)
  expect((await problemOf(answer)).detail).toContain(name)
})

test('metrics need the token, and there are no others', async () => {
  const service = await startTestService()
  expect((await fetch(`${service.url}/v1/metrics/timeseries`)).status).toBe(401)
  expect((await service.ask('/v1/metrics/toString')).status).toBe(404)
})
