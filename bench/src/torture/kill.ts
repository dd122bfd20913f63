import { setTimeout as sleep } from 'node:timers/promises'
import { startCollector, startWithSource } from '../process/collector.ts'
import type { Collector } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { createRandom } from '../random.ts'
import { createSenders } from '../senders.ts'
import { countUp, redraw } from './count-up.ts'
import type { Scenario } from './scenario.ts'
import { startWitness } from './witness.ts'

const KILLS = { full: 200, short: 15 }
/** The share of kills at a random moment after the start of the process, which hit the recovery; the others come under full load. */
const STARTING = 0.3
const LONGEST_START_MS = 800
const LONGEST_LIFE_MS = 800
/** The share of ends that begin with a polite SIGTERM, so that the kill hits the shutdown and its checkpoint. */
const SHUTTING_DOWN = 0.25
const LONGEST_SHUTDOWN_MS = 60
/** So many first processes die on a database that nobody has ever finished making. */
const UNBORN = 5

/** kill -9 at random moments, and a restart on the same file. */
export const kill: Scenario = {
  name: 'kill -9 under full load, in migration, recovery, checkpoint and shutdown',
  async run({ folder, seed, short }) {
    const random = createRandom(seed)
    const place = { folder, port: await freePort() }
    const kills = short ? KILLS.short : KILLS.full
    for (let i = 0; i < UNBORN; i++) await killAfter(startCollector(place), random() * 400)

    let collector = await startWithSource(place)
    const traffic = { liveVisits: 1_000, startAt: 1_750_000_000_000 }
    const witness = startWitness({
      port: place.port,
      senders: createSenders(seed, traffic),
      seed,
      connections: 16,
      mostEvents: 60,
    })
    let shutdowns = 0
    for (let i = 0; i < kills; i++) {
      if (random() < STARTING) await sleep(random() * LONGEST_START_MS)
      else {
        await collector.ready()
        await sleep(random() * LONGEST_LIFE_MS)
      }
      const shuttingDown = random() < SHUTTING_DOWN
      if (shuttingDown) {
        shutdowns++
        process.kill(collector.pid, 'SIGTERM')
        await sleep(random() * LONGEST_SHUTDOWN_MS)
      }
      await collector.stop('SIGKILL')
      collector = startCollector(place)
    }
    await collector.ready()
    await witness.drain()
    const { count, failures } = await countUp({
      port: place.port,
      folder,
      acknowledged: witness.acknowledged,
      events: redraw(seed, traffic),
    })
    await collector.stop()
    const { statuses, rejected, duplicates } = witness.tally
    return {
      counts: {
        kills: kills + UNBORN,
        'of them in shutdown': shutdowns,
        ...count,
        answersLost: statuses[0] ?? 0,
        duplicates,
      },
      failures: [...failures, ...(rejected > 0 ? [`${rejected} valid events were rejected`] : [])],
    }
  },
}

async function killAfter(collector: Collector, ms: number): Promise<void> {
  await sleep(ms)
  await collector.stop('SIGKILL')
}
