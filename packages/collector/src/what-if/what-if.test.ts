import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { compileRules } from '../definition/compile-rules.ts'
import { tell } from '../definition/tell.ts'
import { addSummary, countGaps, summaryDelta } from './gap-summary.ts'
import type { GapSummary, GapWindow } from './gap-summary.ts'
import { GAP_CELLS, NO_GAP_CELL, TIMEOUT_GRID_MS, cellOf } from './timeout-grid.ts'
import { cellsOf, whatIf } from './what-if.ts'

const DAY_MS = 86_400_000
const BEGIN = Date.UTC(2024, 4, 30, 20)
const RULES = TIMEOUT_GRID_MS.map((timeoutMs) =>
  compileRules(
    {
      name: 'any',
      scope: 'visitor',
      by: 'gap',
      timeoutMs,
      splitOn: [],
      startEvents: [],
      endEvents: [],
      passiveEvents: [],
    },
    { nameNumber: () => 0, sourceNumbers: () => [] },
  ),
)

/** Gaps on every scale, often on a timeout of the grid or a millisecond beside it, and ties. */
const gapMs = fc.oneof(
  fc.constant(0),
  // From 20:00 these lead to midnight, to the last instant before it, and on to the next midnights.
  fc.constantFrom(4 * 3_600_000, 4 * 3_600_000 - 1, 1, DAY_MS),
  fc
    .tuple(fc.constantFrom(...TIMEOUT_GRID_MS), fc.integer({ min: -1, max: 1 }))
    .map(([timeout, off]) => timeout + off),
  fc.double({ min: 0, max: 32, noNaN: true }).map((octaves) => Math.floor(2 ** octaves)),
)
const keyTimes = fc.array(gapMs, { maxLength: 12 }).map((gaps) => {
  let time = BEGIN
  return gaps.map((gap) => (time += gap))
})
const keys = fc.array(keyTimes, { maxLength: 4 })

function summaryOf(all: readonly (readonly number[])[]): GapSummary {
  const summary: GapSummary = new Map()
  for (const times of all) countGaps(summary, { times }, 1)
  return summary
}

/** Sessions told by the real teller for each timeout, counted one by one. */
function bruteForce(all: readonly (readonly number[])[], from: number, to: number) {
  return RULES.map((rules) => {
    let sessions = 0
    let bounces = 0
    let totalDurationMs = 0
    const isIn = (time: number) => time >= from * DAY_MS && time < to * DAY_MS
    for (const times of all) {
      const events = {
        length: times.length,
        time: Float64Array.from(times),
        passive: new Uint8Array(times.length),
      }
      const telling = tell(rules, events)
      for (let session = 0; session < telling.sessions; session++) {
        const rows = times.map((_, row) => row).filter((row) => telling.sessionOf[row] === session)
        if (isIn(times[rows[0]!]!)) {
          sessions += 1
          if (rows.length === 1) bounces += 1
        }
        rows.slice(1).forEach((row, i) => {
          if (isIn(times[row]!)) totalDurationMs += times[row]! - times[rows[i]!]!
        })
      }
    }
    return { timeoutMs: rules.timeoutMs, sessions, bounces, totalDurationMs }
  })
}

const figures = (summary: GapSummary, from = -Infinity, to = Infinity) =>
  whatIf(cellsOf(summary, { from, to })).map(({ timeoutMs, sessions, bounces, totalDurationMs }) => ({
    timeoutMs,
    sessions,
    bounces,
    totalDurationMs,
  }))

/** A summary without the cells that went back to zero. */
function filled(summary: GapSummary) {
  return [...summary]
    .map(([day, cells]) => ({ day, ...cells }))
    .filter(({ before }) => before.some((count) => count !== 0))
    .sort((a, b) => a.day - b.day)
}

describe('whatIf', () => {
  test.prop([keys], { numRuns: 150 })('is what the teller counts, for every timeout of the grid', (all) => {
    expect(figures(summaryOf(all))).toEqual(bruteForce(all, -Infinity, Infinity))
  })

  test.prop([keys, fc.integer({ min: -1, max: 3 }), fc.integer({ min: 0, max: 3 })], { numRuns: 400 })(
    'is exact for any range of whole days',
    (all, first, days) => {
      const from = Math.floor(BEGIN / DAY_MS) + first
      expect(figures(summaryOf(all), from, from + days)).toEqual(bruteForce(all, from, from + days))
    },
  )

  test('gives rates and means', () => {
    const [atOneSecond] = whatIf(cellsOf(summaryOf([[0, 500, 90_000]]), {}))
    expect(atOneSecond).toEqual({
      timeoutMs: 1_000,
      sessions: 2,
      bounces: 1,
      bounceRate: 0.5,
      totalDurationMs: 500,
      meanDurationMs: 250,
    })
    expect(whatIf(cellsOf(new Map(), {}))[0]).toMatchObject({ sessions: 0, bounceRate: 0, meanDurationMs: 0 })
  })
})

describe('upkeep of a summary', () => {
  test.prop([keyTimes, fc.array(fc.nat(), { maxLength: 12 })], { numRuns: 500 })(
    'events in any order, late ones too, give the summary of the whole',
    (times, picks) => {
      const arriving = [...times]
      picks.forEach((pick, i) => {
        if (i < arriving.length) arriving.push(...arriving.splice(pick % arriving.length, 1))
      })
      const summary: GapSummary = new Map()
      let known: number[] = []
      for (const time of arriving) {
        const at = known.filter((each) => each <= time).length
        const context = { previous: known[at - 2], next: known[at + 1] }
        const neighbours = known.slice(Math.max(at - 1, 0), at + 1)
        const before: GapWindow = { times: neighbours, ...context }
        const after: GapWindow = { times: [...neighbours, time].sort((a, b) => a - b), ...context }
        addSummary(summary, summaryDelta(before, after))
        known = [...known, time].sort((a, b) => a - b)
      }
      expect(filled(summary)).toEqual(filled(summaryOf([times])))
    },
  )

  test.prop([keys, keys])('takes out what it counted, and adds up over keys', (kept, gone) => {
    const summary = summaryOf([...kept, ...gone])
    for (const times of gone) addSummary(summary, summaryDelta({ times }, { times: [] }))
    expect(filled(summary)).toEqual(filled(summaryOf(kept)))
  })
})

describe('the grid', () => {
  test('runs from 1 s to 30 d in even steps, with the round timeouts on it', () => {
    expect(TIMEOUT_GRID_MS[0]).toBe(1_000)
    expect(TIMEOUT_GRID_MS.at(-1)).toBe(30 * DAY_MS)
    expect(TIMEOUT_GRID_MS.length).toBeLessThan(220)
    for (const minutes of [1, 5, 10, 15, 30, 60, 360, 1_440])
      expect(TIMEOUT_GRID_MS).toContain(minutes * 60_000)
    TIMEOUT_GRID_MS.slice(1).forEach((timeout, i) => {
      const ratio = timeout / TIMEOUT_GRID_MS[i]!
      expect(ratio).toBeGreaterThan(1)
      expect(ratio).toBeLessThan(2 ** (1 / 8) + 0.001)
    })
  })

  test('a gap reaches a timeout exactly when its cell is past it', () => {
    TIMEOUT_GRID_MS.forEach((timeout, i) => {
      expect([cellOf(timeout - 1), cellOf(timeout), cellOf(timeout + 1)]).toEqual([i, i + 1, i + 1])
    })
    expect([cellOf(0), cellOf(Infinity), cellOf(1e15)]).toEqual([0, NO_GAP_CELL, GAP_CELLS - 2])
  })
})
