import type { Figure } from '../figure.ts'
import { median } from '../load/percentile.ts'
import { checkLoad } from './check-load.ts'
import { BATCH_CONNECTIONS, BATCH_EVENTS } from './world.ts'
import type { World } from './world.ts'

const BATCHES_A_ROUND = 4_000
/** Events a request while filling up: all connections together send fewer at once than may wait for any time, so that a slow disk refuses none. */
const POUR_EVENTS = 25
const POUR_REQUESTS = 20_000

/** Fills the collector up through its own ingest, until it has stored this many events. Resolves to how many it has. */
export async function fillUp(world: World, stored: number, wanted: number): Promise<number> {
  let count = stored
  while (count < wanted) {
    const requests = Math.min(POUR_REQUESTS, Math.ceil((wanted - count) / POUR_EVENTS))
    const plan = { port: world.collector.port, connections: BATCH_CONNECTIONS }
    const result = await world.load.pour(requests, POUR_EVENTS, plan)
    checkLoad(result, POUR_EVENTS)
    count += result.accepted
    world.say(`${count} events stored, ${Math.round(result.accepted / result.seconds)} a second`)
  }
  return count
}

/** Rows per second in batches, as the collector stands now: the median of the rounds. */
export async function measureRate(world: World): Promise<number> {
  const rates: number[] = []
  for (let i = 0; i < world.rounds; i++) {
    await world.load.prepare(BATCHES_A_ROUND, BATCH_EVENTS)
    const result = await world.load.drive({ port: world.collector.port, connections: BATCH_CONNECTIONS })
    checkLoad(result, BATCH_EVENTS)
    rates.push(result.accepted / result.seconds)
  }
  return median(rates)
}

/** What the rate became as the file grew. Only a run that reaches 10 M events can say whether the promise is kept. */
export function growthFigures(
  small: { readonly events: number; readonly rowsPerSecond: number },
  large: { readonly events: number; readonly rowsPerSecond: number },
): Figure[] {
  const size = (events: number): string => `${(events / 1e6).toPrecision(2)} M`
  return [
    { name: `durable rows at ${size(small.events)} events`, value: small.rowsPerSecond, unit: 'rows/s' },
    { name: `durable rows at ${size(large.events)} events`, value: large.rowsPerSecond, unit: 'rows/s' },
    {
      name: `rate at ${size(large.events)} against ${size(small.events)}`,
      value: large.rowsPerSecond / small.rowsPerSecond,
      unit: '',
      ...(large.events >= 10_000_000 ? { promise: { atLeast: 0.7 } } : {}),
    },
  ]
}
