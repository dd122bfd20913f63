import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { rebuildStory } from './rebuild-story.ts'
import type { RebuildOrder } from './rebuild-story.ts'

/** A rebuild that goes on in the background. */
export interface RunningRebuild {
  /** How much is done, 0 to 1. */
  progress(): number
  /** Resolves when the file of the story is complete and in its place. Rejects with what went wrong, or when it was stopped. */
  readonly done: Promise<void>
  /** Stops it; resolves when it touches no file any more. What it leaves behind is overwritten by the next one. */
  stop(): Promise<void>
}

/** Starts a rebuild: in a thread of its own, or, where the sources run uncompiled, in this one between other things. */
export function startRebuild(order: RebuildOrder): RunningRebuild {
  return import.meta.url.endsWith('.ts') ? startHere(order) : startThread(order)
}

function startThread(order: RebuildOrder): RunningRebuild {
  let progress = 0
  const worker = new Worker(new URL('./rebuild-worker.js', import.meta.url), { workerData: order })
  worker.unref()
  worker.on('message', (value: number) => (progress = value))
  const done = new Promise<void>((resolve, reject) => {
    worker.on('error', reject)
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('The rebuild was stopped.'))))
  })
  return { progress: () => progress, done, stop: async () => void (await worker.terminate()) }
}

function startHere(order: RebuildOrder): RunningRebuild {
  let progress = 0
  let isStopped = false
  async function run(): Promise<void> {
    for (const value of rebuildStory(order)) {
      progress = value
      await nextTurn()
      if (isStopped) throw new Error('The rebuild was stopped.')
    }
  }
  const done = nextTurn().then(run)
  return {
    progress: () => progress,
    done,
    async stop() {
      isStopped = true
      await done.catch(() => undefined)
    },
  }
}
