import type { Retelling } from './retell.ts'
import type { Telling } from './telling.ts'

/** What a changed window does to one session. Sessions are the same when they begin at the same event, or came with the same id. */
export interface SessionChange {
  /** Its number in the telling before; -1: it is new. */
  readonly before: number
  /** Its number in the telling after; -1: it is gone. */
  readonly after: number
  /** Rows of the events that came to it. Where none is lost, its state is the old one merged with these. */
  readonly gained: readonly number[]
  /** Rows of the events that left it. Where there are any, it has to be folded again from its events. */
  readonly lost: readonly number[]
}

/** The sessions that a retelling changes, in membership or in why they began or ended; those it leaves as they were are not listed. */
export function diffTellings(retelling: Retelling): readonly SessionChange[] {
  const { before, after, settledRow } = retelling
  const numberAfter = new Map<string, number>()
  for (let session = 0; session < after.sessions; session++)
    numberAfter.set(identity(after, session), session)
  const afterOf = new Int32Array(before.sessions).fill(-1)
  const beforeOf = new Int32Array(after.sessions).fill(-1)
  for (let session = 0; session < before.sessions; session++) {
    const match = numberAfter.get(identity(before, session))
    if (match === undefined) continue
    afterOf[session] = match
    beforeOf[match] = session
  }
  const gained = new Map<number, number[]>()
  const lost = new Map<number, number[]>()
  const rows = settledRow === -1 ? before.sessionOf.length : settledRow
  for (let row = 0; row < rows; row++) {
    const from = before.sessionOf[row]!
    const to = after.sessionOf[row]!
    if (from !== -1 && (to === -1 || afterOf[from] !== to)) append(lost, from, row)
    if (to !== -1 && (from === -1 || beforeOf[to] !== from)) append(gained, to, row)
  }
  const changes: SessionChange[] = []
  for (let session = 0; session < before.sessions; session++)
    if (afterOf[session] === -1)
      changes.push({ before: session, after: -1, gained: [], lost: lost.get(session) ?? [] })
  for (let session = 0; session < after.sessions; session++) {
    const was = beforeOf[session]!
    const change = {
      before: was,
      after: session,
      gained: gained.get(session) ?? [],
      lost: lost.get(was) ?? [],
    }
    if (change.gained.length + change.lost.length > 0 || !isToldAlike(before, was, after, session))
      changes.push(change)
  }
  return changes
}

function identity(telling: Telling, session: number): string {
  const stamp = telling.stamp[session]!
  return stamp === 0 ? `row ${telling.firstRow[session]}` : `stamp ${stamp}`
}

function isToldAlike(a: Telling, i: number, b: Telling, j: number): boolean {
  return (
    a.startRule[i] === b.startRule[j] &&
    Object.is(a.startGapMs[i], b.startGapMs[j]) &&
    a.endRule[i] === b.endRule[j] &&
    a.endRow[i] === b.endRow[j] &&
    Object.is(a.endGapMs[i], b.endGapMs[j])
  )
}

function append(lists: Map<number, number[]>, key: number, row: number): void {
  const list = lists.get(key)
  if (list) list.push(row)
  else lists.set(key, [row])
}
