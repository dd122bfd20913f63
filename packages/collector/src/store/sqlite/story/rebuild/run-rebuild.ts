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

/** Young garbage that the thread lets lie before it collects, in MiB. */
const YOUNG_MIB = 8

/**
 * Starts a rebuild when another thing is over: in a thread of its own, or, where the sources run uncompiled, in this one between other
 * things.
 */
export function startRebuild(
  order: RebuildOrder,
  after: Promise<unknown> = Promise.resolve(),
): RunningRebuild {
  const control: Control = { progress: 0, isStopped: false }
  const run = import.meta.url.endsWith('.ts') ? runHere : runThread
  const done = after.then(() => {
    if (control.isStopped) throw new Error(STOPPED)
    return run(order, control)
  })
  return {
    progress: () => control.progress,
    done,
    async stop() {
      control.isStopped = true
      await control.worker?.terminate()
      await done.catch(() => undefined)
    },
  }
}

/** What the two sides of a rebuild know of each other. */
interface Control {
  progress: number
  isStopped: boolean
  worker?: Worker
}

const STOPPED = 'The rebuild was stopped.'

function runThread(order: RebuildOrder, control: Control): Promise<void> {
  const worker = new Worker(new URL('./rebuild-worker.js', import.meta.url), {
    workerData: order,
    // The thread is a plain built file, whatever the process was started with.
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  })
  worker.unref()
  worker.on('message', (value: number) => (control.progress = value))
  control.worker = worker
  return new Promise((resolve, reject) => {
    worker.on('error', reject)
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(STOPPED))))
  })
}

async function runHere(order: RebuildOrder, control: Control): Promise<void> {
  for (const value of rebuildStory(order)) {
    control.progress = value
    await nextTurn()
    if (control.isStopped) throw new Error(STOPPED)
  }
}
