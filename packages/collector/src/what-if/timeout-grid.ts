const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const SHORTEST_MS = SECOND_MS
const LONGEST_MS = 30 * DAY_MS
const STEPS_PER_OCTAVE = 8

/** Timeouts that people ask for by name; the answer for them is exact too, not that of a neighbour. */
const ROUND_MS = [
  ...[2, 3, 5, 10, 15, 20, 30, 45].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 3, 5, 10, 15, 20, 25, 30, 40, 45, 50].map((minutes) => minutes * MINUTE_MS),
  ...[1, 1.5, 2, 3, 4, 6, 8, 12, 18].map((hours) => hours * HOUR_MS),
  ...[1, 2, 3, 7, 14, 21, 28].map((days) => days * DAY_MS),
]

function grid(): readonly number[] {
  const steps = Math.floor(Math.log2(LONGEST_MS / SHORTEST_MS) * STEPS_PER_OCTAVE)
  const even = Array.from({ length: steps + 1 }, (_, step) =>
    Math.round(SHORTEST_MS * 2 ** (step / STEPS_PER_OCTAVE)),
  )
  return [...new Set([...even, ...ROUND_MS, LONGEST_MS])].sort((a, b) => a - b)
}

/**
 * The timeouts for which what-if answers exactly, in ms, ascending: 1 s to 30 d in even steps on a logarithmic scale, eight to each doubling,
 * and the round ones among them. Stored summaries hang on it: another grid needs a new summary from the events.
 */
export const TIMEOUT_GRID_MS = grid()

/** Cells that gaps fall into: below the first timeout, between each two, from the last one on, and the one of `NO_GAP_CELL`. */
export const GAP_CELLS = TIMEOUT_GRID_MS.length + 2
/** The cell of an event that has no neighbour on that side. */
export const NO_GAP_CELL = GAP_CELLS - 1

/**
 * The cell of a gap in ms: the number of grid timeouts that it reaches, so that a gap ends a session at `TIMEOUT_GRID_MS[i]` exactly when
 * its cell is over `i`. Infinity stands for no neighbour.
 */
export function cellOf(gapMs: number): number {
  if (gapMs === Infinity) return NO_GAP_CELL
  let low = 0
  let high = TIMEOUT_GRID_MS.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (TIMEOUT_GRID_MS[middle]! <= gapMs) low = middle + 1
    else high = middle
  }
  return low
}
