import type { Tuning } from '../tuning.ts'

/**
 * The stories that nobody has read for a while. Their files are closed and lag, so that a definition that nobody looks at costs nothing
 * with each event. They are told on in one go, when somebody reads them or they are far behind.
 */
export interface SleepingStories {
  /** True when a story that was read last at a time need not be told with each commit. Times are those of `performance.now()`. */
  isIdle(readAt: number): boolean
  /** Notes that a story is closed, which was told up to a row. */
  add(name: string, toldUpTo: number): void
  /** Forgets one that is open again, or gone. */
  remove(name: string): void
  /** Names of those that are far behind the row that was stored last. */
  due(lastRow: number): readonly string[]
  isEmpty(): boolean
}

/** None sleep at first: what nobody has asked for since the process began is not open. */
export function createSleepingStories({ idleStoryMs, idleStoryEvents }: Tuning): SleepingStories {
  const toldUpTo = new Map<string, number>()
  return {
    isIdle: (readAt) => performance.now() - readAt >= idleStoryMs,
    add: (name, row) => void toldUpTo.set(name, row),
    remove: (name) => void toldUpTo.delete(name),
    due: (lastRow) => [...toldUpTo].flatMap(([name, row]) => (lastRow - row >= idleStoryEvents ? name : [])),
    isEmpty: () => toldUpTo.size === 0,
  }
}
