import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../process/ask.ts'
import { addSource, startCollector } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { createSenders } from '../senders.ts'
import { countUp, redraw } from './count-up.ts'
import { isRead } from './is-read.ts'
import { failuresOf } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { startWitness } from './witness.ts'

const TIMES = { full: 8, short: 2 }
const DISK_MIB = 64
/** So much may be written between two fillings, or the disk would be full of events for good. */
const SENDING_MS = 500
const FULL_MS = 1_500
const HEAL_MS = 5_000

/** A small disk fills up, and has room again. */
export const diskFull: Scenario = {
  name: 'disk full: 503 with Retry-After, reads go on, heals by itself',
  async run({ folder, seed, short }) {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    const mounted = mountTmpfs(disk)
    if (mounted !== undefined) return { counts: {}, failures: [], skipped: mounted }
    const unmount = (): void => void execFileSync('umount', ['--lazy', disk])
    // Before the folder is removed, should this process be told to end.
    process.prependListener('exit', unmount)
    const filler = join(disk, 'filler')
    const place = { folder: disk, logFolder: folder, port: await freePort() }
    const collector = startCollector(place)
    try {
      await collector.ready()
      await addSource(place.port)
      const traffic = { liveVisits: 300, startAt: 1_750_000_000_000 }
      const senders = createSenders(seed, traffic)
      const witness = startWitness({
        port: place.port,
        senders,
        seed,
        connections: 4,
        mostEvents: 20,
        pauseMs: 20,
      })
      let refused = 0
      let readsFailed = 0
      let stillReady = 0
      let slowestHealMs = 0
      const times = short ? TIMES.short : TIMES.full
      for (let i = 0; i < times; i++) {
        await sleep(SENDING_MS)
        fill(disk, filler)
        const before = witness.tally.statuses[503] ?? 0
        for (const until = Date.now() + FULL_MS; Date.now() < until; await sleep(100))
          if (!(await isRead(place.port))) readsFailed++
        if ((witness.tally.statuses[503] ?? 0) > before) refused++
        const acknowledged = witness.acknowledged.size
        await sleep(FULL_MS)
        const { status } = await ask({ port: place.port, path: '/readyz' })
        if (status === 200 && witness.acknowledged.size === acknowledged) stillReady++
        rmSync(filler)
        const freed = performance.now()
        await acceptsAgain(witness, HEAL_MS)
        slowestHealMs = Math.max(slowestHealMs, performance.now() - freed)
      }
      await witness.drain()
      const { count, failures } = await countUp({
        port: place.port,
        folder,
        acknowledged: witness.acknowledged,
        events: redraw(seed, traffic),
      })
      const others = Object.keys(witness.tally.statuses).filter(
        (status) => status !== '200' && status !== '503',
      )
      return {
        counts: {
          fillings: times,
          'requests refused': witness.tally.statuses[503] ?? 0,
          'slowest healing ms': Math.round(slowestHealMs),
          ...count,
        },
        failures: [
          ...failures,
          ...failuresOf({
            'the disk was full and no request was refused: nothing was tried': refused === times,
            'a read failed while the disk was full': readsFailed === 0,
            '/readyz said 200 while every request was refused': stillReady === 0,
            'a 503 came without Retry-After': witness.tally.withoutRetryAfter === 0,
            [`a request was answered otherwise: ${JSON.stringify(witness.tally.statuses)}`]:
              others.length === 0,
          }),
        ],
      }
    } finally {
      await collector.stop('SIGKILL')
      process.off('exit', unmount)
      unmount()
    }
  },
}

/** Why there is no small disk, or undefined when there is one now. */
function mountTmpfs(folder: string): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'a small disk can be mounted by root on Linux alone'
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', folder], { stdio: 'pipe' })
    return undefined
  } catch (error) {
    return `tmpfs could not be mounted: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Leaves a page or two, so that the database fills the rest itself; it may be quicker, and then the disk is full already. */
function fill(disk: string, filler: string): void {
  const { bavail, bsize } = statfsSync(disk)
  const bytes = Math.max(0, bavail * bsize - 64 * 1024)
  try {
    writeFileSync(filler, Buffer.alloc(bytes))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}

/** Resolves when something more is acknowledged. Rejects when that takes too long. */
async function acceptsAgain(
  witness: { readonly acknowledged: ReadonlySet<string> },
  timeoutMs: number,
): Promise<void> {
  const before = witness.acknowledged.size
  for (const until = Date.now() + timeoutMs; witness.acknowledged.size === before; await sleep(10))
    if (Date.now() > until) throw new Error(`nothing was accepted ${timeoutMs} ms after there was room again`)
}
