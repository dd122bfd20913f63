import type { Definition } from '../../../definition/definition.ts'
import { countGaps } from '../../../what-if/gap-summary.ts'
import type { GapSummary } from '../../../what-if/gap-summary.ts'
import type { SqliteDatabase } from '../open-database.ts'
import type { StoredFact } from './facts-reader.ts'
import { addToBlob } from './gap-blob.ts'
import { createKnownLatest, latestOf } from './latest-times.ts'
import type { HistoryChange } from './tell-again.ts'

/** Keeps the summary of gaps that what-if answers from. */
export interface GapUpkeep {
  /**
   * Counts a change of a key's history, before it is told. All its events are non-passive ones. `unpack` is called before what is told of the
   * key is looked at: not for events that come after all others of a key that had some lately.
   */
  change(identityRow: number, change: HistoryChange, unpack: () => void): void
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

/** Prepares the statements. Of so many keys it remembers where they stand. */
export function createGapUpkeep(db: SqliteDatabase, rememberedKeys: number): GapUpkeep {
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
  const latest = createKnownLatest(rememberedKeys)

  function deltaOf(source: number): GapSummary {
    let sum = deltas.get(source)
    if (!sum) deltas.set(source, (sum = new Map()))
    return sum
  }

  /** Counts events that come after all others, without looking at those; false, and nothing is done, where it is not known that they do. */
  function countOnward(key: number, source: number, added: readonly number[]): boolean {
    const known = latest.of(source, key)
    const times = inOrder(added)
    if (!known || (known.last !== undefined && times[0]! <= known.last)) return false
    const { last, previous } = known
    const left = last === undefined ? [] : [last]
    const sum = deltaOf(source)
    countGaps(sum, { times: left, previous }, -1)
    countGaps(sum, { times: [...left, ...times], previous }, 1)
    latest.note(source, key, latestOf([...left, ...times]))
    return true
  }

  function count(key: number, source: number, added: readonly number[], removed: readonly number[]): void {
    const changed = [...added, ...removed]
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
    const sum = deltaOf(source)
    countGaps(sum, window(inOrder(were)), -1)
    countGaps(sum, window(inOrder(are)), 1)
    const isAtEnd = right === undefined && removed.length === 0
    const times = [farLeft, left].flatMap((time) => time ?? []).concat(inOrder(are))
    latest.note(source, key, isAtEnd ? latestOf(times) : undefined)
  }

  return {
    change(key, { added, removed }, unpack) {
      if (added.length + removed.length === 0) return
      let isUnpacked = false
      const countOf = (source: number, gained: readonly StoredFact[], lost: readonly StoredFact[]) => {
        const times = gained.map(timeOf)
        if (lost.length === 0 && times.length > 0 && countOnward(key, source, times)) return
        if (!isUnpacked) unpack()
        isUnpacked = true
        count(key, source, times, lost.map(timeOf))
      }
      countOf(ALL_SOURCES, added, removed)
      const sources = new Set([...added, ...removed].map(({ sourceRow }) => sourceRow))
      for (const source of sources) {
        const own = (facts: readonly StoredFact[]) => facts.filter(({ sourceRow }) => sourceRow === source)
        countOf(source, own(added), own(removed))
      }
    },
    flush() {
      for (const [source, summary] of deltas)
        for (const [day, cells] of summary) write.run(source, day, addToBlob(read.get(source, day), cells))
      deltas.clear()
    },
    forget() {
      deltas.clear()
      latest.forget()
    },
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
