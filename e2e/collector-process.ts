import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ended } from './engines/kill-tree.ts'
import { waitUntil } from './engines/wait-until.ts'

const MAIN = fileURLToPath(new URL('../packages/collector/dist/main.js', import.meta.url))
/** The admin token of every collector that is started here. */
export const TOKEN = 'whole-path-admin-token'

/** The real collector as a process of its own, with the demo, on a database file of its own. */
export interface CollectorProcess {
  readonly port: number
  /** Where its database is. */
  readonly folder: string
  /** The answer of the read API, as JSON; throws on any status but 200. */
  read<T>(path: string): Promise<T>
  /** Makes a source of that name; without `origins` any may send. Resolves to its write key. */
  addSource(name: string, origins?: readonly string[]): Promise<string>
  /** Asks it to stop (SIGTERM), waits until it has, and returns its exit code. */
  stop(): Promise<number | null>
  /** `kill -9`. */
  kill(): Promise<void>
  /** Starts it again, on the same port and file. */
  start(): Promise<void>
  /** Kills what runs and removes the database. */
  end(): Promise<void>
}

/** Starts the built collector (`npm run build`) with its demo sources. `settings` are more of its environment variables; `month` is the folder of a database that it has a copy of. */
export async function startCollectorProcess(
  settings: Readonly<Record<string, string>> = {},
  month?: string,
): Promise<CollectorProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'sojourn-collector-'))
  if (month !== undefined) await cp(month, folder, { recursive: true })
  let child: ChildProcess | undefined
  let port = 0

  const start = async (): Promise<void> => {
    const started = spawn(process.execPath, [MAIN, 'serve', '--demo'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        SOJOURN_PORT: String(port),
        SOJOURN_DB: join(folder, 'sojourn.db'),
        SOJOURN_ADMIN_TOKEN: TOKEN,
        ...settings,
      },
    })
    child = started
    let printed = ''
    for (const stream of [started.stdout, started.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
    port = await waitUntil(
      () => `the collector to listen; it printed: ${printed}`,
      () => Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(printed)?.[1] ?? 0),
    )
    await waitUntil(
      'the collector to be ready',
      async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok,
    )
  }

  const signal = async (name: NodeJS.Signals): Promise<void> => {
    if (!child) return
    child.kill(name)
    await ended(child)
  }

  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  await start()
  return {
    get port() {
      return port
    },
    folder,
    read: (path) => ask('GET', path),
    addSource: async (name, origins) =>
      (await ask<{ writeKey: string }>('POST', '/v1/sources', { name, type: 'product', origins })).writeKey,
    stop: async () => {
      await signal('SIGTERM')
      return child?.exitCode ?? null
    },
    kill: () => signal('SIGKILL'),
    start,
    end: async () => {
      await signal('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
