import type { StoredFact } from './facts-reader.ts'

/** Facts that were read one after the other: the stories take their turns at the same ones. */
export interface RecentFacts {
  /** The facts after a row, at most so many of them; undefined where those right behind it are not known. */
  after(row: number, limit: number): readonly StoredFact[] | undefined
  /** Notes the facts that follow a row, all that there are up to the last of them. */
  add(row: number, facts: readonly StoredFact[]): void
  forget(): void
}

/** Keeps at least the last `most` of them. */
export function createRecentFacts(most: number): RecentFacts {
  let before = Infinity
  let known: StoredFact[] = []

  /** Place of the first fact after a row. */
  function placeAfter(row: number): number {
    let from = 0
    let to = known.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if (known[middle]!.row <= row) from = middle + 1
      else to = middle
    }
    return from
  }

  return {
    after(row, limit) {
      if (row < before || row > (known.at(-1)?.row ?? before)) return undefined
      const from = placeAfter(row)
      return known.slice(from, from + limit)
    },
    add(row, facts) {
      if (facts.length === 0) return
      if (row === known.at(-1)?.row) known.push(...facts)
      else {
        before = row
        known = [...facts]
      }
      if (known.length < 2 * most) return
      const gone = known.length - most
      before = known[gone - 1]!.row
      known = known.slice(gone)
    },
    forget() {
      before = Infinity
      known = []
    },
  }
}
