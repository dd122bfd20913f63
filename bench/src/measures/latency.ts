import type { Figure } from '../figure.ts'
import { checkLoad } from './check-load.ts'
import { BATCH_CONNECTIONS, BATCH_EVENTS, SINGLE_CONNECTIONS } from './world.ts'
import type { Capacity, World } from './world.ts'

const SECONDS = 5

/** How long an answer takes at half of what the collector can take: from the moment the request was due to the whole answer, the commit on disk between them. */
export async function measureLatency(world: World, capacity: Capacity): Promise<Figure[]> {
  const batches = await atRate(world, capacity.batchesPerSecond / 2, BATCH_EVENTS)
  const singles = await atRate(world, capacity.singlesPerSecond / 2, 1)
  return [...figures('batches', batches), ...figures('singles', singles)]
}

async function atRate(world: World, perSecond: number, batchEvents: number) {
  await world.load.prepare(Math.round(perSecond * SECONDS), batchEvents)
  const connections = batchEvents === 1 ? SINGLE_CONNECTIONS : BATCH_CONNECTIONS
  const result = await world.load.drive({ port: world.collector.port, connections, perSecond })
  checkLoad(result, batchEvents)
  world.say(
    `${batchEvents} events a request at ${Math.round(perSecond)} requests/s: p99 ${result.p99Ms.toFixed(1)} ms`,
  )
  return result
}

function figures(
  name: string,
  { p50Ms, p99Ms, maxMs }: { p50Ms: number; p99Ms: number; maxMs: number },
): Figure[] {
  return [
    { name: `answer at half load, ${name}, p50`, value: p50Ms, unit: 'ms' },
    {
      name: `answer at half load, ${name}, p99`,
      value: p99Ms,
      unit: 'ms',
      note: `longest ${maxMs.toFixed(1)} ms`,
    },
  ]
}
