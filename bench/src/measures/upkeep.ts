import type { Figure } from '../figure.ts'
import { askApi } from '../process/api.ts'
import { readProcessCpu } from '../process/thread-cpu.ts'
import { checkLoad } from './check-load.ts'
import { BATCH_CONNECTIONS, BATCH_EVENTS } from './world.ts'
import type { World } from './world.ts'

const BATCHES = 800
const COUNTS = [1, 4, 8] as const
const TIMEOUTS = ['5m', '10m', '15m', '20m', '30m', '45m', '60m', '2h'] as const

/** What it costs to keep 1, 4 and 8 definitions up to date while events are stored: CPU of the collector beyond what it takes without any. */
export async function measureUpkeep(world: World): Promise<Figure[]> {
  const names = TIMEOUTS.map((timeout) => `bench-${timeout}`)
  const without = await cpuPerEvent(world, [])
  const figures: Figure[] = []
  let made = 0
  for (const count of COUNTS) {
    for (; made < count; made++)
      await askApi(world.collector.port, `/definitions/${names[made]!}`, {
        method: 'PUT',
        body: { timeout: TIMEOUTS[made]!, scope: made % 2 === 0 ? 'visitor' : 'profile' },
      })
    const kept = names.slice(0, count)
    await untilTold(world, kept)
    const micros = (await cpuPerEvent(world, kept)) - without
    world.say(`upkeep of ${count} definitions: ${micros.toFixed(1)} µs an event`)
    figures.push({
      name: `upkeep, CPU per event, ${count} ${count === 1 ? 'definition' : 'definitions'}`,
      value: micros,
      unit: 'µs',
      note: `${(micros / count).toFixed(1)} µs each`,
    })
  }
  for (const name of names) await askApi(world.collector.port, `/definitions/${name}`, { method: 'DELETE' })
  return figures
}

/** CPU of the whole collector per event, in µs, until the event is told under all of the definitions. */
async function cpuPerEvent(world: World, definitions: readonly string[]): Promise<number> {
  const { pid, port } = world.collector
  await world.load.prepare(BATCHES, BATCH_EVENTS)
  const before = readProcessCpu(pid)
  const result = await world.load.drive({ port, connections: BATCH_CONNECTIONS })
  checkLoad(result, BATCH_EVENTS)
  await untilTold(world, definitions)
  return ((readProcessCpu(pid) - before) * 1e6) / result.accepted
}

/** A reader waits until all that is stored is told. */
async function untilTold({ collector }: World, definitions: readonly string[]): Promise<void> {
  for (const definition of definitions)
    await askApi(collector.port, `/sessions?limit=1&definition=${encodeURIComponent(definition)}`)
}
