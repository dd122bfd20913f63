/** How often something took how long. Bounded: it keeps a count per bound, not the values. */
export interface Histogram {
  observe(seconds: number): void
  read(): HistogramCounts
}

export interface HistogramCounts {
  /** Upper bounds in seconds, which ascend. */
  readonly bounds: readonly number[]
  /** Values up to each bound and above the one before; last: those above all bounds. */
  readonly counts: readonly number[]
  readonly count: number
  /** Seconds. */
  readonly sum: number
}

/** A histogram over these upper bounds, in seconds, which ascend. */
export function createHistogram(bounds: readonly number[]): Histogram {
  const counts = Array.from({ length: bounds.length + 1 }, () => 0)
  let count = 0
  let sum = 0
  return {
    observe(seconds) {
      const place = bounds.findIndex((bound) => seconds <= bound)
      counts[place < 0 ? bounds.length : place]! += 1
      count++
      sum += seconds
    },
    read: () => ({ bounds, counts: [...counts], count, sum }),
  }
}

/**
 * The value in seconds that a share of all values (0 to 1) does not exceed, as if values lay evenly between the bounds around it.
 * Undefined without values; the last bound where it lies above all of them.
 */
export function quantile({ bounds, counts, count }: HistogramCounts, share: number): number | undefined {
  if (count === 0) return undefined
  let below = 0
  for (const [i, bound] of bounds.entries()) {
    const here = counts[i]!
    if (here > 0 && below + here >= share * count) {
      const least = i === 0 ? 0 : bounds[i - 1]!
      return least + ((bound - least) * (share * count - below)) / here
    }
    below += here
  }
  return bounds.at(-1)
}
