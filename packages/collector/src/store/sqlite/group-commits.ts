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
  /** Commits at once what waits. */
  finish(): void
}

interface Waiting {
  readonly facts: readonly Fact[]
  resolve(outcomes: readonly CommitOutcome[]): void
  reject(error: unknown): void
}

/** No transaction takes more events than this, but for a single batch that is larger: reads wait for it, for some tens of ms. */
const MOST_EVENTS = 2_000

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
    try {
      const outcomes = commitFacts.commit(group.map(({ facts }) => facts))
      for (const [i, { resolve }] of group.entries()) resolve(outcomes[i]!)
    } catch (error) {
      // A batch that cannot be stored costs only itself; a disk that takes nothing takes none of them.
      if (group.length > 1 && !isDiskFault(error)) for (const one of group) commitGroup([one])
      else for (const { reject } of group) reject(error)
    }
  }

  return {
    commit: (facts) =>
      new Promise((resolve, reject) => {
        queue.push({ facts, resolve, reject })
        scheduleNext()
      }),
    finish() {
      while (queue.length > 0) commitGroup(takeGroup())
    },
  }
}
