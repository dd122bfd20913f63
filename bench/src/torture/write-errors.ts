import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startWithSource } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { createSenders } from '../senders.ts'
import { countUp, redraw } from './count-up.ts'
import { isRead } from './is-read.ts'
import { failuresOf } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { startWitness } from './witness.ts'

const TIMES = { full: 10, short: 3 }
const SENDING_MS = 400
const FAILING_MS = 1_000
const HEAL_MS = 5_000

/**
 * The operating system fails writes in the middle (a limit on the size of files, which `prlimit` sets and lifts in the running process),
 * and then no more: what a broken disk or a quota does, without being root.
 */
export const writeErrors: Scenario = {
  name: 'write errors: 503 with Retry-After, no half transaction, heals by itself',
  async run({ folder, seed, short }) {
    if (!hasPrlimit())
      return { counts: {}, failures: [], skipped: 'there is no prlimit here (util-linux has it)' }
    const file = join(folder, 'sojourn.db')
    // The signal that comes with the error would end the process; ignored, the error alone is left, as with a quota.
    const place = { folder, port: await freePort(), prefix: ['sh', '-c', 'trap "" XFSZ; exec "$@"', 'sh'] }
    const collector = await startWithSource(place)
    const traffic = { liveVisits: 300, startAt: 1_750_000_000_000 }
    const senders = createSenders(seed, traffic)
    const witness = startWitness({
      port: place.port,
      senders,
      seed,
      connections: 4,
      mostEvents: 20,
      pauseMs: 10,
    })
    let refused = 0
    let readsFailed = 0
    const times = short ? TIMES.short : TIMES.full
    for (let i = 0; i < times; i++) {
      await sleep(SENDING_MS)
      const before = witness.tally.statuses[503] ?? 0
      // In turn: the log may not grow, neither file may grow, nothing may be written at all.
      const limit = [sizeOf(`${file}-wal`), Math.min(sizeOf(file), sizeOf(`${file}-wal`)), 0][i % 3]!
      limitFileSize(collector.pid, String(limit))
      for (const until = Date.now() + FAILING_MS; Date.now() < until; await sleep(100))
        if (!(await isRead(place.port))) readsFailed++
      limitFileSize(collector.pid, 'unlimited')
      if ((witness.tally.statuses[503] ?? 0) > before) refused++
      const acknowledged = witness.acknowledged.size
      for (const until = Date.now() + HEAL_MS; witness.acknowledged.size === acknowledged; await sleep(10))
        if (Date.now() > until)
          throw new Error(`nothing was accepted ${HEAL_MS} ms after writes worked again`)
    }
    await witness.drain()
    const { count, failures } = await countUp({
      port: place.port,
      folder,
      acknowledged: witness.acknowledged,
      events: redraw(seed, traffic),
    })
    await collector.stop()
    const { statuses, withoutRetryAfter } = witness.tally
    const others = Object.keys(statuses).filter((status) => status !== '200' && status !== '503')
    return {
      counts: { 'times broken': times, 'requests refused': statuses[503] ?? 0, ...count },
      failures: [
        ...failures,
        ...failuresOf({
          'writes failed and no request was refused: nothing was tried': refused > 0,
          'a read failed while writes did': readsFailed === 0,
          'a 503 came without Retry-After': withoutRetryAfter === 0,
          [`a request was answered otherwise: ${JSON.stringify(statuses)}`]: others.length === 0,
        }),
      ],
    }
  },
}

function hasPrlimit(): boolean {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Sets the soft limit alone, so that it can be lifted again by anyone. */
function limitFileSize(pid: number, soft: string): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${soft}:`])
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
