import type { Rules } from '../../../../definition/compile-rules.ts'
import type { EventColumns } from '../../../../definition/event-columns.ts'
import { createStep } from '../../../../definition/step.ts'
import { createRecorder } from '../../../../definition/telling.ts'
import type { Telling } from '../../../../definition/telling.ts'
import type { EventBlock } from './event-block.ts'
import type { KeyRun } from './gathered-events.ts'

/** The columns of a block as the rules read them. */
export function ruleColumns({ length, time, mark, extra }: EventBlock): EventColumns {
  const passive = new Uint8Array(length)
  const source = new Int32Array(length)
  for (let place = 0; place < length; place++) {
    passive[place] = mark[place]! & 1
    source[place] = mark[place]! >>> 1
  }
  return { length, time, passive, source, ...extra }
}

/** Tells the events of several keys, each of which lie together, into a telling that may hold an earlier one. */
export function tellRuns(
  rules: Rules,
  columns: EventColumns,
  { runs, telling }: { runs: readonly KeyRun[]; telling: Telling },
): void {
  telling.sessions = 0
  telling.sessionOf.fill(-1)
  telling.isActive.fill(0)
  const step = createStep(rules)
  for (const { from, to } of runs) {
    const recorder = createRecorder(step, telling)
    for (let row = from; row < to; row++) recorder.record(columns, row)
  }
}

/** The rows of each session of a telling: those of session `s` are `rows[starts[s]]` to `rows[starts[s + 1] - 1]`, in order. */
export interface Members {
  readonly starts: Uint32Array
  readonly rows: Uint32Array
}

/** Lists the rows of each session. */
export function membersOf(telling: Telling, length: number): Members {
  const starts = new Uint32Array(telling.sessions + 1)
  for (let row = 0; row < length; row++) {
    const session = telling.sessionOf[row]!
    if (session !== -1) starts[session + 1]!++
  }
  for (let session = 0; session < telling.sessions; session++) starts[session + 1]! += starts[session]!
  const next = starts.slice()
  const rows = new Uint32Array(starts[telling.sessions]!)
  for (let row = 0; row < length; row++) {
    const session = telling.sessionOf[row]!
    if (session !== -1) rows[next[session]!++] = row
  }
  return { starts, rows }
}
