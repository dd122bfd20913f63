import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Traffic } from '../visits.ts'
import type { LoadPlan, LoadResult } from './drive.ts'
import type { LoadAnswer, LoadOrder } from './load-process.ts'

/** A process that sends the traffic of `createSenders`. One order at a time. Each rejects when that process fails. */
export interface Load {
  /** Draws this many requests and keeps them for the next `drive`. */
  prepare(requests: number, batchEvents: number): Promise<void>
  /** Sends what was prepared. */
  drive(plan: LoadPlan): Promise<LoadResult>
  /** Draws and sends at the same time: for more events than fit in memory. */
  pour(requests: number, batchEvents: number, plan: LoadPlan): Promise<LoadResult>
  stop(): void
}

/** Starts such a process. The same seed draws the same requests. */
export async function startLoad(seed: number, traffic: Traffic, writeKey: string): Promise<Load> {
  const child = fork(fileURLToPath(new URL('./load-process.ts', import.meta.url)), {
    execArgv: ['--conditions=sojourn-source', '--import', 'tsx', '--max-old-space-size=4096'],
  })
  const order = (message: LoadOrder): Promise<LoadResult | undefined> =>
    new Promise((resolve, reject) => {
      const gone = (): void => reject(new Error('the load process ended'))
      child.once('exit', gone)
      child.once('message', (answer: LoadAnswer) => {
        child.off('exit', gone)
        if (answer.error === undefined) resolve(answer.result)
        else reject(new Error(`the load process failed: ${answer.error}`))
      })
      child.send(message)
    })
  await order({ kind: 'begin', seed, traffic, writeKey })
  return {
    async prepare(requests, batchEvents) {
      await order({ kind: 'prepare', requests, batchEvents })
    },
    async drive(plan) {
      return (await order({ kind: 'drive', plan }))!
    },
    async pour(requests, batchEvents, plan) {
      return (await order({ kind: 'pour', plan, requests, batchEvents }))!
    },
    stop() {
      child.kill()
    },
  }
}
