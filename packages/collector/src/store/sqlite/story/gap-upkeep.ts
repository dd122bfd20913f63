import type { Definition } from '../../../definition/definition.ts'
import { countGaps } from '../../../what-if/gap-summary.ts'
import type { GapSummary } from '../../../what-if/gap-summary.ts'
import type { SqliteDatabase } from '../open-database.ts'
import type { StoredFact } from './facts-reader.ts'
import { addToBlob } from './gap-blob.ts'
import type { HistoryChange } from './tell-again.ts'

/** Keeps the summary of gaps that what-if answers from. */
export interface GapUpkeep {
  /** Counts a change of a key's history, before it is told. All its events are non-passive ones. */
  change(identityRow: number, change: HistoryChange): void
  /** Writes what changed; at the end of the transaction. */
  flush(): void
  /** Forgets what it remembers: a transaction was undone. */
  forget(): void
}

/** The built-in definitions that tell all events of a scope: what-if asks these two. */
export function keepsGaps({ name }: Definition): boolean {
  return name === 'visits' || name === 'cross-property'
}

/** The source of the summary that counts the events of all sources. */
export const ALL_SOURCES = 0

/** Prepares the statements. */
export function createGapUpkeep(db: SqliteDatabase): GapUpkeep {
  const active = (more: string) =>
    db.prepare<[object], number>(
      `select time from told where identity_row = :key and active = 1 and (:source = 0 or source_row = :source) and ${more}`,
    )
  const within = active('time between :from and :to').pluck()
  const before = active('time < :from order by time desc limit 2').pluck()
  const after = active('time > :to order by time limit 2').pluck()
  const read = db
    .prepare<[number, number], Buffer>('select cells from gaps where source_row = ? and day = ?')
    .pluck()
  const write = db.prepare<[number, number, Buffer]>('insert or replace into gaps values (?, ?, ?)')
  const deltas = new Map<number, GapSummary>()

  function count(key: number, source: number, added: readonly number[], removed: readonly number[]): void {
    const changed = [...added, ...removed]
    if (changed.length === 0) return
    const values = { key, source, from: Math.min(...changed), to: Math.max(...changed) }
    const were = within.all(values)
    const [left, farLeft] = before.all(values)
    const [right, farRight] = after.all(values)
    const window = (times: readonly number[]) => ({
      times: [...(left === undefined ? [] : [left]), ...times, ...(right === undefined ? [] : [right])],
      previous: farLeft,
      next: farRight,
    })
    const are = without(were, removed).concat(added)
    let sum = deltas.get(source)
    if (!sum) deltas.set(source, (sum = new Map()))
    countGaps(sum, window(inOrder(were)), -1)
    countGaps(sum, window(inOrder(are)), 1)
  }

  return {
    change(key, { added, removed }) {
      count(key, ALL_SOURCES, added.map(timeOf), removed.map(timeOf))
      const sources = new Set([...added, ...removed].map(({ sourceRow }) => sourceRow))
      for (const source of sources) {
        const own = (facts: readonly StoredFact[]) =>
          facts.filter(({ sourceRow }) => sourceRow === source).map(timeOf)
        count(key, source, own(added), own(removed))
      }
    },
    flush() {
      for (const [source, summary] of deltas)
        for (const [day, cells] of summary) write.run(source, day, addToBlob(read.get(source, day), cells))
      deltas.clear()
    },
    forget: () => deltas.clear(),
  }
}

function timeOf({ fact }: StoredFact): number {
  return fact.time
}

function inOrder(times: readonly number[]): readonly number[] {
  return [...times].sort((a, b) => a - b)
}

/** The times less one of each that is taken away. */
function without(times: readonly number[], gone: readonly number[]): number[] {
  const left = [...times]
  for (const time of gone) left.splice(left.indexOf(time), 1)
  return left
}
