import type { GapCells } from './gap-summary.ts'
import type { Histogram } from './normal-mixture.ts'
import { TIMEOUT_GRID_MS } from './timeout-grid.ts'

/** Gaps on a logarithmic scale. Values are log2 of seconds, the middle of each cell between two timeouts of the grid. */
export interface GapHistogram extends Histogram {
  /** Width of each cell, in the same unit. */
  readonly widths: readonly number[]
  readonly total: number
}

/** log2 of the seconds in a gap. */
export function log2Seconds(gapMs: number): number {
  return Math.log2(gapMs / 1_000)
}

const EDGES = TIMEOUT_GRID_MS.map(log2Seconds)
const MIDDLES = EDGES.slice(1).map((edge, i) => (edge + EDGES[i]!) / 2)
const WIDTHS = EDGES.slice(1).map((edge, i) => edge - EDGES[i]!)

/**
 * The gaps from 1 s to 30 d. Shorter ones are no pauses but double clicks and requests that belong together; longer ones are as good as
 * none, and how many there can be hangs on how long the data reach back.
 */
export function gapHistogram({ before }: GapCells): GapHistogram {
  const counts = [...before.subarray(1, TIMEOUT_GRID_MS.length)]
  return { values: MIDDLES, widths: WIDTHS, counts, total: counts.reduce((sum, count) => sum + count, 0) }
}

/**
 * Density of a histogram at a value, smoothed by a normal kernel of the given width: what the data show, whatever curve was fitted to them.
 */
export function smoothDensity(
  { values, counts, total }: GapHistogram,
  value: number,
  kernelSd: number,
): number {
  let sum = 0
  counts.forEach((count, i) => {
    if (count !== 0) sum += count * Math.exp(-((values[i]! - value) ** 2) / (2 * kernelSd * kernelSd))
  })
  return sum / (total * kernelSd * Math.sqrt(2 * Math.PI))
}
