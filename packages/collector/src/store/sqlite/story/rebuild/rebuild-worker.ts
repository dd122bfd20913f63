// A thread of its own that rebuilds one story: its `workerData` is a `RebuildOrder`, its messages are how much is done, 0 to 1.
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { rebuildStory } from './rebuild-story.ts'
import type { RebuildOrder } from './rebuild-story.ts'

/** Of 19: it takes what ingest and readers leave, and a tenth of a processor where they leave nothing. */
const NICENESS = 10

// Only Linux knows the priority of a thread; elsewhere this would slow the whole process down.
if (process.platform === 'linux') setPriority(NICENESS)
for (const progress of rebuildStory(workerData as RebuildOrder)) parentPort?.postMessage(progress)
