import { addCells, createGapCells } from './gap-summary.ts'
import type { GapCells, GapSummary } from './gap-summary.ts'
import { GAP_CELLS, TIMEOUT_GRID_MS } from './timeout-grid.ts'

/** What a timeout would make of the events. */
export interface WhatIf {
  readonly timeoutMs: number
  /** Sessions that begin in the range. */
  readonly sessions: number
  /** Those of them that hold one event alone. */
  readonly bounces: number
  /** Bounces among the sessions, 0 to 1; 0 where there are no sessions. */
  readonly bounceRate: number
  /** Time inside sessions: the gaps shorter than the timeout, each counted where the event after it lies. */
  readonly totalDurationMs: number
  /** `totalDurationMs` by session; 0 where there are none. */
  readonly meanDurationMs: number
}

/** UTC days since 1970-01-01: `from <= day < to`; absent: no bound. */
export interface DayRange {
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** The cells of all days in a range, added up. */
export function cellsOf(summary: GapSummary, { from = -Infinity, to = Infinity }: DayRange): GapCells {
  const sum = createGapCells()
  for (const [day, cells] of summary) if (day >= from && day < to) addCells(sum, cells)
  return sum
}

/**
 * The exact figures for every timeout of the grid, ascending. Over all days they are those of a definition with that timeout and nothing else.
 * Over a range, sessions and bounces are those that begin in it, as they are told over all of history; a session that runs across an
 * end of the range gives each side the part of its duration that lies there.
 */
export function whatIf(cells: GapCells): readonly WhatIf[] {
  const answers: WhatIf[] = []
  let sessions = 0
  let bounces = 0
  for (let cell = 0; cell < GAP_CELLS; cell++) {
    sessions += cells.before[cell]!
    bounces += cells.alone[cell]!
  }
  let totalDurationMs = 0
  TIMEOUT_GRID_MS.forEach((timeoutMs, cell) => {
    sessions -= cells.before[cell]!
    bounces -= cells.alone[cell]!
    totalDurationMs += cells.sumMs[cell]!
    answers.push({
      timeoutMs,
      sessions,
      bounces,
      bounceRate: sessions === 0 ? 0 : bounces / sessions,
      totalDurationMs,
      meanDurationMs: sessions === 0 ? 0 : totalDurationMs / sessions,
    })
  })
  return answers
}
