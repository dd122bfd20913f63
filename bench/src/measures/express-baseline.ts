import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A running Express app that parses batches and stores nothing. */
export interface ExpressBaseline {
  readonly port: number
  stop(): void
}

/** Starts it in a process of its own, in production mode as anyone would run it. */
export async function startExpress(): Promise<ExpressBaseline> {
  const child = fork(fileURLToPath(new URL('./express-server.ts', import.meta.url)), {
    execArgv: ['--conditions=sojourn-source', '--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const [port] = (await once(child, 'message')) as [number]
  return { port, stop: () => child.kill() }
}
