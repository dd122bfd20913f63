import { expect, test } from 'vitest'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { Measures, SessionObject, Timeseries } from '@sojourn/protocol'
import type { DurationHistogram } from './duration-histogram.ts'
import type { PathRanking, RankedGroup, Ranking } from './rankings.ts'
import { all, NOW, withSessions } from './sessions-service.fixture.ts'
import type { WithPrevious } from './with-previous.ts'

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

test('a period before that begins before the first session says when that was, whatever the filters', async () => {
  const service = await withSessions()
  const [first] = (await all(service)).map(({ metadata }) => metadata.time.insert).sort()
  const before = async (from: string, filters = '') => {
    const { previous } = await service.read<Timeseries>(
      `/v1/metrics/timeseries?from=${from}&to=2024-04-30&compare=previous${filters}`,
    )
    return previous!
  }
  const half = await before('2024-03-31')
  expect(Date.parse(half.from!)).toBeLessThan(Date.parse(first!))
  expect(half.coveredFrom).toBe(first)
  expect((await before('2024-03-31', '&device=fridge')).coveredFrom).toBe(first)
  const { total, ...whole } = await service
    .read<Timeseries>('/v1/metrics/timeseries?from=2024-04-02&to=2024-04-03&compare=previous')
    .then(({ previous }) => previous!)
  expect(total.sessions).toBeGreaterThan(0)
  expect(whole.coveredFrom).toBeUndefined()
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
