import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { SeededCollector } from './fill-collector.ts'

/** A collector over a database file, reachable from this machine alone. */
export interface FileCollector extends SeededCollector {
  /** Asks it to stop, and waits until it has written everything. */
  stop(): Promise<void>
}

/** Starts the built collector over a database file, on a free port, with an admin token for this run alone. Rejects where it does not start. */
export async function serveFile(path: string): Promise<FileCollector> {
  const token = randomUUID()
  const main = join(
    dirname(createRequire(import.meta.url).resolve('@sojourn/collector/package.json')),
    'dist/main.js',
  )
  const child = spawn(process.execPath, [main, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      SOJOURN_HOST: '127.0.0.1',
      SOJOURN_PORT: '0',
      SOJOURN_DB: path,
      SOJOURN_ADMIN_TOKEN: token,
    },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)
        if (found) resolve(found[0])
      })
    void ended.then(() => reject(new Error(`The collector did not start:\n${printed}`)))
  })
  return {
    url,
    token,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
