/** The value below which a share (0 to 1) of the sorted values lie: nearest rank. NaN of none. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

/** The middle one of the values, which need not be sorted; of an even number the mean of the two. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  return sorted.length % 2 === 1
    ? sorted[Math.floor(half)]!
    : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2
}
