import type { Fact } from '../../ingest/fact.ts'
import type { CommitOutcome } from '../store.ts'
import type { CommitFacts } from './commit-facts.ts'
import { isDiskFault } from './disk-fault.ts'

/** Commits that share transactions. */
export interface GroupedCommits {
  /**
   * Stores a batch. Resolves when it is durable, to its outcomes in order. Rejects with what SQLite or the batch's own mistake throws; then
   * nothing of the batch is stored.
   */
  commit(facts: readonly Fact[]): Promise<readonly CommitOutcome[]>
  /** Writes sessions that lag behind their events, unless the disk takes nothing: then they go on lagging. */
  catchUp(): void
  /** Commits at once what waits, and catches up. */
  finish(): void
}

interface Waiting {
  readonly facts: readonly Fact[]
  resolve(outcomes: readonly CommitOutcome[]): void
  reject(error: unknown): void
}

/** No transaction takes more events than this, but for a single batch that is larger: reads wait for it, for some tens of ms. */
const MOST_EVENTS = 2_000

/** Sessions lag behind their events for no longer than this, in ms, for the sake of other programs that read the file. */
const LAG_MS = 1_000
/** And then are written so many at a time, so that what arrives meanwhile waits for some ms only. */
const WRITTEN_AT_ONCE = 200

/**
 * What arrives while one transaction is being written forms the next. No timer: the next begins once all that lies in the sockets has been
 * read, and costs one flush to the disk however many wait. `schedule` runs a function at that moment, as `setImmediate` does.
 */
export function createGroupedCommits(
  commitFacts: CommitFacts,
  schedule: (work: () => void) => void = setImmediate,
): GroupedCommits {
  let queue: Waiting[] = []
  let isScheduled = false
  let lagging: NodeJS.Timeout | undefined

  function scheduleNext(): void {
    if (isScheduled || queue.length === 0) return
    isScheduled = true
    schedule(() => {
      isScheduled = false
      commitGroup(takeGroup())
      scheduleNext()
    })
  }

  function takeGroup(): readonly Waiting[] {
    let events = 0
    let end = 0
    while (end < queue.length && (end === 0 || events + queue[end]!.facts.length <= MOST_EVENTS))
      events += queue[end++]!.facts.length
    const group = queue.slice(0, end)
    queue = queue.slice(end)
    return group
  }

  function commitGroup(group: readonly Waiting[]): void {
    if (group.length === 0) return
    lagging ??= setTimeout(writeLate, LAG_MS, Infinity).unref()
    try {
      const outcomes = commitFacts.commit(group.map(({ facts }) => facts))
      for (const [i, { resolve }] of group.entries()) resolve(outcomes[i]!)
    } catch (error) {
      // A batch that cannot be stored costs only itself; a disk that takes nothing takes none of them.
      if (group.length > 1 && !isDiskFault(error)) for (const one of group) commitGroup([one])
      else for (const { reject } of group) reject(error)
    }
  }

  /** Writes up to so many sessions that lag, between the groups. Those that lag since then are for the next time. */
  function writeLate(most: number): void {
    lagging = undefined
    const left = unlessDiskFault(() => commitFacts.catchUpSome(WRITTEN_AT_ONCE)) ?? 0
    const next = Math.min(most - WRITTEN_AT_ONCE, left)
    if (next > 0) setImmediate(writeLate, next)
  }

  function catchUp(): void {
    clearTimeout(lagging)
    lagging = undefined
    unlessDiskFault(commitFacts.catchUp)
  }

  return {
    catchUp,
    commit: (facts) =>
      new Promise((resolve, reject) => {
        queue.push({ facts, resolve, reject })
        scheduleNext()
      }),
    finish() {
      while (queue.length > 0) commitGroup(takeGroup())
      catchUp()
    },
  }
}

function unlessDiskFault<Value>(work: () => Value): Value | undefined {
  try {
    return work()
  } catch (error) {
    if (!isDiskFault(error)) throw error
    return undefined
  }
}
