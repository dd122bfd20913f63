import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from '../figure.ts'
import { median } from '../load/percentile.ts'
import { askApi } from '../process/api.ts'
import { countStoredEvents } from '../process/stored-events.ts'
import { readProcessCpu } from '../process/thread-cpu.ts'
import { checkLoad } from './check-load.ts'
import { countByLag } from './lag-baseline.ts'
import { BATCH_CONNECTIONS, BATCH_EVENTS } from './world.ts'
import type { World } from './world.ts'

const HALF_HOUR_MS = 1_800_000
const LOOK_AFTER_MS = 10
/** Batches that are sent while definitions are rebuilt, and while they are not. */
const BATCHES = 2_000

/** What is rebuilt: the plain rule by visitor, the same by person, and one that cuts through the sessions that the senders named. */
const DEFINITIONS = [
  { name: 'bench-visitor', scope: 'visitor', timeout: '30m' },
  { name: 'bench-profile', scope: 'profile', timeout: '30m' },
  { name: 'bench-cut', scope: 'visitor', timeout: '10m', endEvents: ['order_placed'] },
] as const

/** How fast a definition is told anew over all events that are stored, beside a window query over the same file, and what ingest keeps meanwhile. */
export async function measureRebuild(world: World): Promise<Figure[]> {
  const figures: Figure[] = []
  const { port } = world.collector
  const events = countStoredEvents(world.file)
  for (const { name, ...rules } of DEFINITIONS) {
    await askApi(port, `/definitions/${name}`, { method: 'PUT', body: rules })
    await untilReady(port, name)
    const rounds: { readonly rate: number; readonly cpuMicros: number }[] = []
    for (let i = 0; i < world.rounds; i++) {
      const cpu = readProcessCpu(world.collector.pid)
      const start = performance.now()
      await askApi(port, `/definitions/${name}/rebuild`, { method: 'POST' })
      await untilReady(port, name)
      const seconds = (performance.now() - start) / 1_000
      const cpuSeconds = readProcessCpu(world.collector.pid) - cpu
      rounds.push({ rate: events / seconds, cpuMicros: (cpuSeconds * 1e6) / events })
      world.say(`rebuild of ${name} ${i + 1}: ${Math.round(events / seconds)} events/s`)
    }
    figures.push(
      {
        name: `rebuild, ${describe(rules)}, ${(events / 1e6).toPrecision(2)} M events`,
        value: median(rounds.map(({ rate }) => rate)),
        unit: 'events/s',
        promise: { atLeast: 1_000_000 },
      },
      {
        name: '· its CPU per event',
        value: median(rounds.map(({ cpuMicros }) => cpuMicros)),
        unit: 'µs',
      },
    )
  }
  figures.push(...(await windowQuery(world)), await besideIngest(world))
  for (const { name } of DEFINITIONS) await askApi(port, `/definitions/${name}`, { method: 'DELETE' })
  return figures
}

/** The baseline counts sessions and writes none; it must count as many as the definition has. */
async function windowQuery(world: World): Promise<readonly Figure[]> {
  const answers = Array.from({ length: world.rounds }, () => countByLag(world.file, HALF_HOUR_MS))
  const { timeouts } = await askApi<{ timeouts: { timeoutMs: number; sessions: number }[] }>(
    world.collector.port,
    '/definitions/what-if',
  )
  const told = timeouts.find(({ timeoutMs }) => timeoutMs === HALF_HOUR_MS)!.sessions
  if (answers.some(({ sessions }) => sessions !== told))
    throw new Error(`lag() counts ${answers[0]!.sessions} sessions, and the definition has ${told}`)
  return [
    {
      name: 'lag() over the same file, which counts and writes nothing',
      value: median(answers.map(({ events, seconds }) => events / seconds)),
      unit: 'events/s',
    },
    {
      name: '· its CPU per event',
      value: median(answers.map(({ events, cpuSeconds }) => (cpuSeconds * 1e6) / events)),
      unit: 'µs',
    },
  ]
}

async function besideIngest(world: World): Promise<Figure> {
  const { port } = world.collector
  const drive = async (): Promise<number> => {
    await world.load.prepare(BATCHES, BATCH_EVENTS)
    const result = await world.load.drive({ port, connections: BATCH_CONNECTIONS })
    checkLoad(result, BATCH_EVENTS)
    return result.accepted / result.seconds
  }
  const kept: number[] = []
  for (let i = 0; i < world.rounds; i++) {
    const alone = await drive()
    let isOver = false
    let rebuilds = 0
    const rebuilding = (async () => {
      for (; !isOver; rebuilds++) {
        await askApi(port, `/definitions/${DEFINITIONS[0].name}/rebuild`, { method: 'POST' })
        await untilReady(port, DEFINITIONS[0].name, () => isOver)
      }
    })()
    const beside = await drive()
    isOver = true
    await rebuilding
    kept.push(beside / alone)
    world.say(`ingest beside rebuild ${i + 1}: ${Math.round(beside)} rows/s of ${Math.round(alone)}`)
    await untilReady(port, DEFINITIONS[0].name)
  }
  return {
    name: 'ingest kept of its rate beside a rebuild',
    value: median(kept),
    unit: '',
    promise: { atLeast: 0.8 },
  }
}

async function untilReady(port: number, name: string, stop = () => false): Promise<void> {
  while (!stop()) {
    const { status } = await askApi<{ status: string }>(port, `/definitions/${name}`)
    if (status === 'ready') return
    await sleep(LOOK_AFTER_MS)
  }
}

function describe(rules: object): string {
  return Object.values(rules).flat().join(', ')
}
