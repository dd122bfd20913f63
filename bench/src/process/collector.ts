import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask, askJson } from './ask.ts'

/** Where a collector keeps its things. A restart at the same place goes on with the same file. */
export interface CollectorPlace {
  /** Holds `sojourn.db`. */
  readonly folder: string
  /** Holds `collector.log`; absent: the same folder. */
  readonly logFolder?: string
  readonly port: number
  /** More settings: `SOJOURN_*`. */
  readonly env?: Readonly<Record<string, string>>
  /** What runs the command, such as `['prlimit', '--fsize=1000000']`; it must become the collector by `exec`. */
  readonly prefix?: readonly string[]
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A running `sojourn serve`, the real one, built. */
export interface Collector {
  readonly pid: number
  readonly port: number
  /** Resolves when it can commit. Rejects, with the end of its log, when it ends before that or takes over a minute. */
  ready(): Promise<void>
  /** Sends a signal and waits for the end. After `SIGTERM` it gets a minute, then it is killed. */
  stop(signal?: 'SIGTERM' | 'SIGKILL' | 'SIGINT'): Promise<Ending>
  /** Resolves when it ends, whatever the cause. */
  readonly ended: Promise<Ending>
}

/** The admin token and the write key of every collector that is measured or tortured. */
export const ADMIN_TOKEN = 'bench-0123456789abcdef'
export const WRITE_KEY = 'pk_bench'

const MAIN = fileURLToPath(new URL('../../../packages/collector/dist/main.js', import.meta.url))
const START_MS = 60_000
const STOP_MS = 60_000

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts the collector. Throws when it is not built. */
export function startCollector(place: CollectorPlace): Collector {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is not there: run npm run build`)
  const [command, ...args] = [...(place.prefix ?? []), process.execPath, MAIN, 'serve']
  const child = spawn(command!, args, {
    cwd: place.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      SOJOURN_PORT: String(place.port),
      SOJOURN_DB: join(place.folder, 'sojourn.db'),
      SOJOURN_ADMIN_TOKEN: ADMIN_TOKEN,
      // All load is for one source; what is measured is the collector, not its limit.
      SOJOURN_SOURCE_RATE: 'off',
      ...place.env,
    },
  })
  // Through us, because a limit that is set on the collector's files must not be one on its log.
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => appendFileSync(logFile(place), chunk))
  running.add(child)
  let over: Ending | undefined
  const ended = new Promise<Ending>((resolve) => {
    const end = (ending: Ending): void => {
      running.delete(child)
      over = ending
      resolve(ending)
    }
    child.once('exit', (code, signal) => end({ code, signal }))
    child.once('error', () => end({ code: 127, signal: null }))
  })
  return {
    pid: child.pid ?? -1,
    port: place.port,
    ended,
    async ready() {
      for (const until = Date.now() + START_MS; Date.now() < until; await sleep(20)) {
        if (over) throw new Error(`the collector ended (${describe(over)}):\n${readLog(place).slice(-2_000)}`)
        const reply = await ask({ port: place.port, path: '/readyz', timeoutMs: 2_000 }).catch(
          () => undefined,
        )
        if (reply?.status === 200) return
      }
      throw new Error(`the collector was not ready after a minute:\n${readLog(place).slice(-2_000)}`)
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      const ending = await ended
      clearTimeout(timer)
      return ending
    },
  }
}

/** Starts the collector, and adds the source whose write key is `WRITE_KEY`. Rejects as `ready` does. */
export async function startWithSource(place: CollectorPlace): Promise<Collector> {
  const collector = startCollector(place)
  await collector.ready()
  await addSource(place.port)
  return collector
}

/** Adds the source whose write key is `WRITE_KEY`, once per database file. */
export async function addSource(port: number): Promise<void> {
  await askJson({
    port,
    path: '/v1/sources',
    method: 'POST',
    headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Bench', type: 'product', writeKey: WRITE_KEY }),
  })
}

/** What the collectors at this place have logged so far. */
export function readLog(place: CollectorPlace): string {
  return existsSync(logFile(place)) ? readFileSync(logFile(place), 'utf8') : ''
}

function logFile(place: CollectorPlace): string {
  return join(place.logFolder ?? place.folder, 'collector.log')
}

/** An ending in words. */
export function describe(ending: Ending): string {
  return ending.signal === null ? `exit code ${ending.code}` : ending.signal
}
