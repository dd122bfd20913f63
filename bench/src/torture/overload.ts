import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startLoad } from '../load/load.ts'
import { startWithSource, WRITE_KEY } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { countStoredEvents } from '../process/stored-events.ts'
import { startOwnShare } from '../process/own-share.ts'
import { readMemory } from '../process/thread-cpu.ts'
import { failuresOf } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const SECONDS = { full: 20, short: 5 }
/** Each has a request under way all the time: together many seconds of work for the collector. */
const CONNECTIONS = { full: 1_500, short: 600 }
const BATCH_EVENTS = 50
const REQUESTS = { full: 16_000, short: 6_000 }
const SLOWEST_ANSWER_MS = 1_000
const MOST_MEMORY_MIB = 450
/** What "back to normal" is, and how soon: single requests, right after. */
const NORMAL_MS = 100
const NORMAL_AFTER_MS = 1_000

/** Far more requests at the same time than can be taken, from senders that repeat at once whatever is refused. */
export const overload: Scenario = {
  name: 'overload: early 503 with Retry-After, bounded memory, back to normal at once',
  async run({ folder, seed, short }) {
    const size = short ? 'short' : 'full'
    const place = { folder, port: await freePort() }
    const collector = await startWithSource(place)
    const traffic = { liveVisits: 2_000, startAt: 1_750_000_000_000 }
    const load = await startLoad(seed, traffic, WRITE_KEY)
    const calm = { port: place.port, connections: 16 }
    await load.prepare(400, BATCH_EVENTS)
    const before = await load.drive(calm)
    await load.prepare(REQUESTS[size], BATCH_EVENTS)
    const share = startOwnShare()
    const storm = await load.drive({
      port: place.port,
      connections: CONNECTIONS[size],
      stubbornSeconds: SECONDS[size],
    })
    const memory = readMemory(collector.pid).peak / 2 ** 20
    await sleep(NORMAL_AFTER_MS)
    await load.prepare(200, 1)
    const after = await load.drive({ ...calm, connections: 4 })
    const slower = await share.stop()
    const accepted = before.accepted + storm.accepted + after.accepted
    load.stop()
    await collector.stop()
    const stored = countStoredEvents(join(folder, 'sojourn.db'))
    const { statuses, slowestMs, lateMs } = storm
    const tookMs = (status: number): number => Math.max(0, (slowestMs[status] ?? 0) - lateMs) / slower
    const offered = storm.requests / storm.seconds / (before.requests / before.seconds)
    // A request that got neither a 200 nor a refusal may have been stored or not: its sender would repeat it.
    const unsettled =
      (storm.requests - (statuses[200] ?? 0) - (statuses[503] ?? 0) - (statuses[429] ?? 0)) * BATCH_EVENTS
    const others = Object.keys(statuses).filter((status) => !['200', '503', '429'].includes(status))
    return {
      counts: {
        'offered, times what it takes': offered.toFixed(1),
        accepted: statuses[200] ?? 0,
        'refused early': (statuses[503] ?? 0) + (statuses[429] ?? 0),
        'slowest accepted ms': Math.round(tookMs(200)),
        'slowest refused ms': Math.round(tookMs(503)),
        'sender late ms': Math.round(lateMs),
        'machine slower, times': slower.toFixed(1),
        'rows/s before': Math.round(before.accepted / before.seconds),
        'rows/s meanwhile': Math.round(storm.accepted / storm.seconds),
        'memory MiB': Math.round(memory),
        'p99 after ms': Math.round(after.p99Ms),
        'accepted events': accepted,
        'stored events': stored,
      },
      failures: failuresOf({
        'nothing was accepted in the storm': (statuses[200] ?? 0) > 0,
        'nothing was refused: it was no overload, or the queue has no bound':
          (statuses[503] ?? 0) + (statuses[429] ?? 0) > 0,
        'an accepted request waited longer than a second': tookMs(200) < SLOWEST_ANSWER_MS,
        'a refusal came late': tookMs(503) < SLOWEST_ANSWER_MS,
        'a refusal came without Retry-After': storm.withoutRetryAfter === 0,
        [`requests were answered otherwise: ${JSON.stringify(statuses)}`]: others.length === 0,
        [`the collector took ${Math.round(memory)} MiB`]: !(memory > MOST_MEMORY_MIB),
        [`a second later an answer still took ${Math.round(after.p99Ms)} ms`]:
          after.p99Ms < NORMAL_MS * slower,
        'what was accepted is not stored, or what was refused is':
          stored >= accepted && stored <= accepted + unsettled,
      }),
    }
  },
}
