import type { EpochMs } from '@sojourn/protocol'
import { GAP_CELLS, NO_GAP_CELL, cellOf } from './timeout-grid.ts'

const DAY_MS = 86_400_000

/** What one day's events say about every timeout at once: one number for each cell of gaps, see `cellOf`. Whole numbers, exact up to 2^53. */
export interface GapCells {
  /** Events by the gap before them. */
  readonly before: Float64Array
  /** Events by the shorter of the gaps on their two sides. */
  readonly alone: Float64Array
  /** Sum of the gaps before those events, in ms. */
  readonly sumMs: Float64Array
}

/**
 * The gaps of any number of keys, by UTC day (days since 1970-01-01): of each event's own day, so of a gap's the day of the event after it.
 * Summaries of different keys add up; that of a source is counted from the events of that source alone.
 */
export type GapSummary = Map<number, GapCells>

/** Non-passive events of one key that follow one another, and what lies just outside. */
export interface GapWindow {
  /** Times in order, in ms. */
  readonly times: ArrayLike<EpochMs>
  /** Time of the key's last non-passive event before them; undefined: there is none. */
  readonly previous?: EpochMs | undefined
  /** Time of the key's first one after them. */
  readonly next?: EpochMs | undefined
}

/** Cells without events. */
export function createGapCells(): GapCells {
  return {
    before: new Float64Array(GAP_CELLS),
    alone: new Float64Array(GAP_CELLS),
    sumMs: new Float64Array(GAP_CELLS),
  }
}

/** Counts the events of a window into a summary, in place; with sign -1 takes them out again. */
export function countGaps(summary: GapSummary, { times, previous, next }: GapWindow, sign: 1 | -1): void {
  let gapBefore = previous === undefined || times.length === 0 ? Infinity : times[0]! - previous
  for (let i = 0; i < times.length; i++) {
    const time = times[i]!
    const following = i + 1 < times.length ? times[i + 1]! : next
    const gapAfter = following === undefined ? Infinity : following - time
    const day = Math.floor(time / DAY_MS)
    let cells = summary.get(day)
    if (!cells) summary.set(day, (cells = createGapCells()))
    const cell = cellOf(gapBefore)
    cells.before[cell]! += sign
    if (cell !== NO_GAP_CELL) cells.sumMs[cell]! += sign * gapBefore
    cells.alone[gapAfter < gapBefore ? cellOf(gapAfter) : cell]! += sign
    gapBefore = gapAfter
  }
}

/**
 * What a change of a key's history adds to its summary; entries may be negative. Both windows must lie between the same two unchanged
 * neighbours and hold every event that gained or lost a neighbour: for one late event, itself and the events right before and after it.
 */
export function summaryDelta(before: GapWindow, after: GapWindow): GapSummary {
  const delta: GapSummary = new Map()
  countGaps(delta, before, -1)
  countGaps(delta, after, 1)
  return delta
}

/** Adds a summary, or a delta, to another in place. */
export function addSummary(into: GapSummary, from: GapSummary): void {
  for (const [day, cells] of from) {
    let sum = into.get(day)
    if (!sum) into.set(day, (sum = createGapCells()))
    addCells(sum, cells)
  }
}

/** Adds cells to others in place. */
export function addCells(into: GapCells, from: GapCells): void {
  for (let cell = 0; cell < GAP_CELLS; cell++) {
    into.before[cell]! += from.before[cell]!
    into.alone[cell]! += from.alone[cell]!
    into.sumMs[cell]! += from.sumMs[cell]!
  }
}
