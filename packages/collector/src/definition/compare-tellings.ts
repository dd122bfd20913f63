import type { EventColumns } from './event-columns.ts'
import { ruleName } from './rule-name.ts'
import type { RuleName } from '@sojourn/protocol'
import type { Telling } from './telling.ts'

/** Figures of one side. */
export interface Side {
  readonly sessions: number
  /** Sessions of exactly one non-passive event. */
  readonly bounces: number
  /** From first to last non-passive event, summed over the sessions, in ms. */
  readonly totalDurationMs: number
}

/** Where one side cuts what the other holds together, and why. */
export interface Cut {
  /** Row of the event at which the cutting side begins a session. */
  readonly row: number
  readonly rule: RuleName | undefined
  /** Ms since the last activity before; NaN where it is the key's first session. */
  readonly gapMs: number
}

/** A session of one side that the other side tells as several. */
export interface Difference {
  /** `split`: the session is of the first side; `merged`: of the second. */
  readonly kind: 'split' | 'merged'
  /** Rows of its first and last non-passive event. */
  readonly firstRow: number
  readonly lastRow: number
  readonly events: number
  /** Sessions of the other side that its events are in. */
  readonly into: number
  readonly cuts: readonly Cut[]
}

/** Two tellings of the same events, side by side. */
export interface Comparison {
  readonly first: Side
  readonly second: Side
  /** Sessions whose non-passive events are all in one session of the other side, and the other way round. */
  readonly same: number
  /** Sessions of the first side that the second tells as several. */
  readonly split: number
  /** Sessions of the second side that the first tells as several. */
  readonly merged: number
  /** Sessions with events that the other side leaves out altogether, as its sources do not take part. */
  readonly onlyFirst: number
  readonly onlySecond: number
  /** The first `maxExamples` of each kind, in order of their events. */
  readonly examples: readonly Difference[]
}

/**
 * Compares two tellings over the rows of one person's events. A session counts as split or merged by its non-passive events, since
 * passive ones only go along. Comparisons of several persons add up: `addComparisons`.
 */
export function compareTellings(
  events: EventColumns,
  [first, second]: readonly [Telling, Telling],
  maxExamples: number,
): Comparison {
  const partsOfFirst = partsOf(first, second)
  const partsOfSecond = partsOf(second, first)
  const splits = several(partsOfFirst)
  const merges = several(partsOfSecond)
  const example =
    (kind: 'split' | 'merged', own: Telling, other: Telling, parts: readonly Parts[]) =>
    (session: number) => {
      const cuts = cutsOf(other, parts[session]!)
      const [firstRow, lastRow, count] = [own.firstRow[session]!, own.lastRow[session]!, own.events[session]!]
      return { kind, firstRow, lastRow, events: count, into: cuts.length + 1, cuts }
    }
  return {
    first: sideOf(events, first),
    second: sideOf(events, second),
    same: partsOfFirst.filter((parts, session) => only(partsOfSecond[only(parts)]) === session).length,
    split: splits.length,
    merged: merges.length,
    onlyFirst: partsOfFirst.filter((parts) => parts.has(NOWHERE)).length,
    onlySecond: partsOfSecond.filter((parts) => parts.has(NOWHERE)).length,
    examples: [
      ...splits.slice(0, maxExamples).map(example('split', first, second, partsOfFirst)),
      ...merges.slice(0, maxExamples).map(example('merged', second, first, partsOfSecond)),
    ],
  }
}

/** Adds what two persons' events gave. Of the examples the first `maxExamples` of each kind stay; their rows are those of their own events. */
export function addComparisons(a: Comparison, b: Comparison, maxExamples: number): Comparison {
  const kept = (kind: Difference['kind']) =>
    [...a.examples, ...b.examples].filter((each) => each.kind === kind).slice(0, maxExamples)
  return {
    first: addSides(a.first, b.first),
    second: addSides(a.second, b.second),
    same: a.same + b.same,
    split: a.split + b.split,
    merged: a.merged + b.merged,
    onlyFirst: a.onlyFirst + b.onlyFirst,
    onlySecond: a.onlySecond + b.onlySecond,
    examples: [...kept('split'), ...kept('merged')],
  }
}

/** The sessions of the other side that hold a session's non-passive events, in order; `NOWHERE` where it leaves one out. */
type Parts = ReadonlySet<number>
const NOWHERE = -1

function partsOf(own: Telling, other: Telling): readonly Parts[] {
  const parts = Array.from({ length: own.sessions }, () => new Set<number>())
  own.sessionOf.forEach((session, row) => {
    if (own.isActive[row] === 1) parts[session]!.add(other.sessionOf[row]!)
  })
  return parts
}

function several(all: readonly Parts[]): readonly number[] {
  return all.flatMap((parts, session) => (parts.size - Number(parts.has(NOWHERE)) > 1 ? [session] : []))
}

/** The one session of the other side that a session lies in; `NOWHERE` where there are several or none. */
function only(parts: Parts | undefined): number {
  if (parts?.size !== 1) return NOWHERE
  for (const part of parts) return part
  return NOWHERE
}

function cutsOf(other: Telling, parts: Parts): readonly Cut[] {
  const sessions = [...parts].filter((session) => session !== NOWHERE)
  const byBeginning = sessions.sort((a, b) => other.firstRow[a]! - other.firstRow[b]!)
  return byBeginning.slice(1).map((session) => ({
    row: other.firstRow[session]!,
    rule: ruleName(other.startRule[session]!),
    gapMs: other.startGapMs[session]!,
  }))
}

function sideOf(events: EventColumns, telling: Telling): Side {
  let sessions = 0
  let bounces = 0
  let totalDurationMs = 0
  for (let session = 0; session < telling.sessions; session++) {
    if (telling.events[session] === 0) continue
    sessions += 1
    if (telling.events[session] === 1) bounces += 1
    totalDurationMs += events.time[telling.lastRow[session]!]! - events.time[telling.firstRow[session]!]!
  }
  return { sessions, bounces, totalDurationMs }
}

function addSides(a: Side, b: Side): Side {
  return {
    sessions: a.sessions + b.sessions,
    bounces: a.bounces + b.bounces,
    totalDurationMs: a.totalDurationMs + b.totalDurationMs,
  }
}
