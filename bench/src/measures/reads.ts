import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from '../figure.ts'
import { openConnection } from '../load/connection.ts'
import type { Connection } from '../load/connection.ts'
import { percentile } from '../load/percentile.ts'
import { ADMIN_TOKEN } from '../process/collector.ts'
import { askJson } from '../process/ask.ts'
import { createRandom } from '../random.ts'
import { checkLoad } from './check-load.ts'
import { drawFilters } from './session-filters.ts'
import type { Filter, SampledSession } from './session-filters.ts'
import { BATCH_CONNECTIONS, BATCH_EVENTS } from './world.ts'
import type { Capacity, World } from './world.ts'

/** How often each filter is asked with. */
const TIMES = 10
/** Between two questions, in ms: several people who look at a dashboard. */
const PAUSE_MS = 25
/** So many questions are asked before, without load, to know how long the load has to go on; with it, they may take so many times as long. */
const TRIED = 60
const LOAD_LONGER = 2
/** Samples of stored sessions, which the filters' values come from: the first so many of some hours. */
const SAMPLES_A_QUESTION = 100

/** How long `GET /v1/sessions` takes with each single filter and the common pairs, while batches come in at half of what the collector can take. */
export async function measureReads(world: World, capacity: Capacity): Promise<Figure[]> {
  const { port } = world.collector
  const filters = drawFilters(await sampleSessions(port), createRandom(11), TIMES)
  const perSecond = capacity.batchesPerSecond / 2
  const tried = filters.slice(0, TRIED)
  const alone = await timeFilters(port, tried)
  const seconds = ((alone.seconds * filters.length) / tried.length) * LOAD_LONGER
  await world.load.prepare(Math.round(perSecond * seconds), BATCH_EVENTS)
  let loading = true
  const load = world.load
    .drive({ port, connections: BATCH_CONNECTIONS, perSecond })
    .finally(() => (loading = false))
  const busy = await timeFilters(port, filters, () => loading)
  const result = await load
  checkLoad(result, BATCH_EVENTS)
  world.say(`${busy.times.size} filters at half load; p99 of ingest ${result.p99Ms.toFixed(1)} ms`)
  const all = [...busy.times.values()].flat()
  return [
    summary('GET /v1/sessions, all filters, at half load', all),
    ...[...busy.times]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, times]) => summary(`· ${name}`, times)),
    {
      name: 'ingest kept of half its rate meanwhile',
      value: result.requests / result.seconds / perSecond,
      unit: '',
      promise: { atLeast: 0.8 },
      note: `p50 of an answer ${result.p50Ms.toFixed(1)} ms, p99 ${result.p99Ms.toFixed(1)} ms`,
    },
  ]
}

function summary(name: string, times: readonly number[]): Figure {
  const sorted = Float64Array.from(times).sort()
  return {
    name: `${name}, p95`,
    value: percentile(sorted, 0.95),
    unit: 'ms',
    promise: { atMost: 20 },
    note: `p50 ${percentile(sorted, 0.5).toFixed(1)} ms, longest ${sorted.at(-1)!.toFixed(1)} ms, of ${sorted.length}`,
  }
}

/** Asks one after the other, on one connection, for as long as `goOn` allows. Times are in ms. */
async function timeFilters(
  port: number,
  filters: readonly Filter[],
  goOn: () => boolean = () => true,
): Promise<{ readonly times: ReadonlyMap<string, number[]>; readonly seconds: number }> {
  const connection = openConnection(port)
  const times = new Map<string, number[]>()
  const start = performance.now()
  for (const { name, query } of filters) {
    if (!goOn()) break
    const took = await timeQuery(connection, query)
    times.set(name, [...(times.get(name) ?? []), took])
    await sleep(PAUSE_MS)
  }
  connection.reset()
  return { times, seconds: (performance.now() - start) / 1_000 }
}

function timeQuery(connection: Connection, query: string): Promise<number> {
  const request = `GET /v1/sessions?${query} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`
  return new Promise((resolve, reject) => {
    const start = performance.now()
    connection.send(Buffer.from(request), (answer) => {
      if (answer?.status === 200) resolve(performance.now() - start)
      else
        reject(new Error(`GET /v1/sessions?${query} answered ${answer?.status}: ${answer?.body.toString()}`))
    })
  })
}

/** Sessions of ten moments between the oldest and the newest. */
async function sampleSessions(port: number): Promise<readonly SampledSession[]> {
  const page = async (query: string): Promise<readonly SampledSession[]> => {
    const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` }
    const path = `/v1/sessions?limit=${SAMPLES_A_QUESTION}&${query}`
    return (await askJson<{ sessions: SampledSession[] }>({ port, path, headers, timeoutMs: 60_000 }))
      .sessions
  }
  const startOf = (session: SampledSession | undefined): number => Date.parse(session!.metadata.time.insert)
  const oldest = startOf((await page('sort=start'))[0])
  const newest = startOf((await page('sort=-start'))[0])
  const moments = Array.from({ length: 10 }, (_, i) =>
    Math.round(oldest + ((newest - oldest) * (i + 1)) / 10),
  )
  return (await Promise.all(moments.map((to) => page(`to=${to}`)))).flat()
}
