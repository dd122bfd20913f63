import type { EventColumns } from './event-columns.ts'
import { ACCOMPANIES, JOINS, OUTSIDE, STAMPED, ruleNumber } from './rule-name.ts'
import { createOpenSession } from './step.ts'
import type { OpenSession, Step } from './step.ts'

/**
 * The sessions that a definition makes of a key's events, as columns: entry `s` of each is session number `s`, by its first event.
 * Rows are those of the event columns.
 */
export interface Telling {
  /** Session number of each row; -1: none. */
  readonly sessionOf: Int32Array
  /** 1: the row is a non-passive event of its session. */
  readonly isActive: Uint8Array
  /** Sessions in use; the columns below may be longer. */
  sessions: number
  /** The session id that its events came with; 0 where it is told by the rules alone. */
  readonly stamp: Int32Array
  /** Row of the first non-passive event, and of the last. */
  readonly firstRow: Int32Array
  readonly lastRow: Int32Array
  /** Non-passive events. 0 only for a session that a sender named and of which no more than passive events arrived. */
  readonly events: Int32Array
  readonly passive: Int32Array
  /** Why it began: number of the rule, and ms since the last activity before, NaN where there was no session before. */
  readonly startRule: Uint8Array
  readonly startGapMs: Float64Array
  /** Why it ended: number of the rule, the row of the event that ended it, ms from its last activity to that; 0, -1 and NaN while it is open. */
  readonly endRule: Uint8Array
  readonly endRow: Int32Array
  readonly endGapMs: Float64Array
}

/** A telling with room for `rows` events, without sessions. */
export function createTelling(rows: number): Telling {
  return {
    sessionOf: new Int32Array(rows).fill(-1),
    isActive: new Uint8Array(rows),
    sessions: 0,
    stamp: new Int32Array(rows),
    firstRow: new Int32Array(rows),
    lastRow: new Int32Array(rows),
    events: new Int32Array(rows),
    passive: new Int32Array(rows),
    startRule: new Uint8Array(rows),
    startGapMs: new Float64Array(rows),
    endRule: new Uint8Array(rows),
    endRow: new Int32Array(rows),
    endGapMs: new Float64Array(rows),
  }
}

const CLIENT = ruleNumber('client')
const END_EVENT = ruleNumber('end-event')

/** Writes the verdicts on one key's events into a telling, row by row in order. */
export interface Recorder {
  /** Tells the event in `row` and notes its session. */
  record(events: EventColumns, row: number): void
  /** The rules' own state after the last event recorded. */
  readonly open: OpenSession
}

/** A recorder for one key. Several, for several keys, may write into the same telling in turn. */
export function createRecorder(step: Step, telling: Telling): Recorder {
  const open = createOpenSession()
  const byStamp = new Map<number, number>()
  let current = -1

  const add = (row: number, stamp: number): number => {
    const session = telling.sessions++
    telling.stamp[session] = stamp
    telling.firstRow[session] = row
    telling.lastRow[session] = row
    telling.events[session] = 0
    telling.passive[session] = 0
    telling.startRule[session] = CLIENT
    telling.startGapMs[session] = NaN
    telling.endRule[session] = 0
    telling.endRow[session] = -1
    telling.endGapMs[session] = NaN
    return session
  }
  const stamped = (stamp: number, row: number): number => {
    let session = byStamp.get(stamp)
    if (session === undefined) byStamp.set(stamp, (session = add(row, stamp)))
    return session
  }
  const end = (rule: number, row: number, gapMs: number) => {
    if (current === -1 || telling.endRule[current] !== 0) return
    telling.endRule[current] = rule
    telling.endRow[current] = row
    telling.endGapMs[current] = gapMs
  }
  return {
    open,
    record(events, row) {
      const gapMs = open.hadSession ? events.time[row]! - open.lastActive : NaN
      const verdict = step(open, events, row)
      if (verdict === OUTSIDE) return
      if (verdict === STAMPED) {
        const session = stamped(events.stamp![row]!, row)
        telling.sessionOf[row] = session
        telling.passive[session]! += 1
        return
      }
      if (verdict > JOINS) {
        end(verdict, row, gapMs)
        current = open.stamp === 0 ? add(row, 0) : stamped(open.stamp, row)
        // A session that a sender goes back to is open again.
        telling.endRule[current] = 0
        telling.endRow[current] = -1
        telling.endGapMs[current] = NaN
        if (telling.events[current] === 0) {
          telling.firstRow[current] = row
          telling.startRule[current] = verdict
          telling.startGapMs[current] = gapMs
        }
      }
      telling.sessionOf[row] = current
      if (verdict === ACCOMPANIES) {
        telling.passive[current]! += 1
        return
      }
      telling.isActive[row] = 1
      telling.events[current]! += 1
      telling.lastRow[current] = row
      if (!open.isOpen) end(END_EVENT, row, 0)
    },
  }
}
