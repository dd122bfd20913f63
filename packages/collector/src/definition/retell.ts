import type { Rules } from './compile-rules.ts'
import type { EventColumns } from './event-columns.ts'
import { createStep } from './step.ts'
import type { OpenSession } from './step.ts'
import { createRecorder, createTelling } from './telling.ts'
import type { Telling } from './telling.ts'

/** In which telling an event of a window takes part. An event that came late is only in the new one; one whose key changed left the old one. */
export const IN_OLD = 1
export const IN_NEW = 2
export const IN_BOTH = 3

/** The part of a key's history that a change can have touched. */
export interface ChangedWindow {
  /**
   * Events in (time, id) order, old and new. Row 0 must be a safe place to begin: the key's first event, or an event before the first
   * change that began a session when it was told (non-passive, and of another session than the non-passive event before it).
   */
  readonly events: EventColumns
  /** `IN_OLD`, `IN_NEW` or `IN_BOTH` of each row. */
  readonly presence: Uint8Array
  /** True when the window ends where the key's history ends. */
  readonly isWhole: boolean
  /** True when row 0 is the key's first event. Else the session that row 0 begins is told with start rule 0: it began as it did before. */
  readonly fromFirst: boolean
}

/** Both tellings of a window, up to where they are one again. */
export interface Retelling {
  readonly before: Telling
  readonly after: Telling
  /**
   * From this row on nothing changes but what hangs on sessions that began before it; `events.length` when all of the window was needed.
   * -1: the tellings had not met by the end of the window, and the caller must come again with a longer one.
   */
  readonly settledRow: number
}

/**
 * Tells a window as it was and as it is now, and stops where both agree for good: after the last change, at the first event after which
 * the rules' state is the same in both. So a late event costs what lies around it, however long the key's history is.
 */
export function retell(rules: Rules, window: ChangedWindow): Retelling {
  const { events, presence } = window
  const before = createTelling(events.length)
  const after = createTelling(events.length)
  const step = createStep(rules)
  const old = createRecorder(step, before)
  const now = createRecorder(step, after)
  const lastChange = presence.subarray(0, events.length).findLastIndex((each) => each !== IN_BOTH)
  for (let row = 0; row < events.length; row++) {
    if (presence[row]! & IN_OLD) old.record(events, row)
    if (presence[row]! & IN_NEW) now.record(events, row)
    if (row === 0 && !window.fromFirst) before.startRule[0] = after.startRule[0] = 0
    // A sender can go back to a session that ended: then how it ended hangs on all that follows.
    if (!rules.byClient && row >= lastChange && isSame(rules, old.open, now.open))
      return { before, after, settledRow: row + 1 }
  }
  return { before, after, settledRow: window.isWhole ? events.length : -1 }
}

/** Start, day, stamp, campaign and referrer are those of the first row. How many events there are matters only where a rule counts them. */
function isSame(rules: Rules, a: OpenSession, b: OpenSession): boolean {
  return (
    a.isOpen === b.isOpen &&
    a.firstRow === b.firstRow &&
    a.lastActive === b.lastActive &&
    (a.events === b.events || rules.maxEvents === Infinity) &&
    a.user === b.user &&
    a.property === b.property
  )
}
