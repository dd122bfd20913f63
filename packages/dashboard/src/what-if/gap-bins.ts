import type { NormalCurve, WhatIf } from '../api/definition.ts'

/** A step of the grid is narrow below this share of the usual one. */
const NARROW = 0.7

/** Pauses between two timeouts of the grid. */
export interface GapBin {
  readonly fromMs: number
  readonly toMs: number
  readonly count: number
}

/** Pauses and curves are drawn over the logarithm of their length, as they were fitted: log2 of seconds. */
export function log2Seconds(ms: number): number {
  return Math.log2(ms / 1000)
}

/**
 * How many pauses lie between timeouts of the grid: a pause ends a session under the shorter timeout and not under the longer. Exact. The
 * grid holds round timeouts beside its even steps: a step that they make narrow is told with the next, or its few pauses would be a spike.
 */
export function gapBins(timeouts: readonly WhatIf[]): readonly GapBin[] {
  const widths = timeouts.slice(1).map(({ timeoutMs }, index) => timeoutMs / timeouts[index]!.timeoutMs)
  const usual = Math.log2(widths.sort((a, b) => a - b)[widths.length >> 1] ?? 1)
  const bins: GapBin[] = []
  let before = timeouts[0]!
  timeouts.slice(1).forEach((after, index) => {
    const width = Math.log2(after.timeoutMs / before.timeoutMs)
    const isLast = index === timeouts.length - 2
    if (width < usual * NARROW && !isLast) return
    bins.push({
      fromMs: before.timeoutMs,
      toMs: after.timeoutMs,
      count: before.sessions - after.sessions,
    })
    before = after
  })
  return bins
}

/** Pauses per unit of the logarithm, of all pauses together 1 under the curve: what a fitted curve is drawn over. */
export function binDensity({ fromMs, toMs, count }: GapBin, total: number): number {
  return total === 0 ? 0 : count / total / (log2Seconds(toMs) - log2Seconds(fromMs))
}

/** The height of a fitted bell curve at a length of pauses. */
export function curveDensity({ weight, mean, sd }: NormalCurve, ms: number): number {
  return (weight / (sd * Math.sqrt(2 * Math.PI))) * Math.exp(-((log2Seconds(ms) - mean) ** 2) / (2 * sd * sd))
}

/** The place on the grid nearest to a share, 0 to 1, of the logarithmic axis from its first to its last timeout. */
export function nearestIndex(timeouts: readonly WhatIf[], share: number): number {
  const [first, last] = [log2Seconds(timeouts[0]!.timeoutMs), log2Seconds(timeouts.at(-1)!.timeoutMs)]
  const wanted = first + Math.min(1, Math.max(0, share)) * (last - first)
  let low = 0
  let high = timeouts.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (log2Seconds(timeouts[middle]!.timeoutMs) <= wanted) low = middle
    else high = middle
  }
  const distance = (index: number): number => Math.abs(log2Seconds(timeouts[index]!.timeoutMs) - wanted)
  return distance(high) < distance(low) ? high : low
}

/** Where a timeout stands on the logarithmic axis of the grid, 0 to 1. */
export function shareOf(timeouts: readonly WhatIf[], ms: number): number {
  const [first, last] = [log2Seconds(timeouts[0]!.timeoutMs), log2Seconds(timeouts.at(-1)!.timeoutMs)]
  return (log2Seconds(ms) - first) / (last - first)
}
