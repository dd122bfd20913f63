import type { Rules } from '../../../definition/compile-rules.ts'
import { diffTellings } from '../../../definition/diff-tellings.ts'
import type { SessionChange } from '../../../definition/diff-tellings.ts'
import { IN_BOTH, IN_NEW, IN_OLD, retell } from '../../../definition/retell.ts'
import type { Retelling } from '../../../definition/retell.ts'
import type { Telling } from '../../../definition/telling.ts'
import { compareEvents, earlier } from '../../../session/event-order.ts'
import type { EventRef } from '../../../session/event-order.ts'
import type { Identity } from '../identities.ts'
import type { LiveSession } from '../live-session.ts'
import type { LiveSessions } from '../live-sessions.ts'
import { inOrder, refOf } from './fact-order.ts'
import type { FactsReader, StoredFact } from './facts-reader.ts'
import type { PackedEvents } from './packed-events.ts'
import type { ToColumns } from './rule-columns.ts'
import type { SessionStarts } from './session-starts.ts'
import type { ToldEvents } from './told-events.ts'
import { boundAt } from './told-sessions.ts'
import type { ToldSessions } from './told-sessions.ts'

/** What became of a key's history: events that came to it, at any place, and events that went to another key. */
export interface HistoryChange {
  readonly added: readonly StoredFact[]
  readonly removed: readonly StoredFact[]
}

/** Tells what lies around a change of a key's history again, and brings its sessions to what they are now. */
export type TellAgain = (owner: Identity, change: HistoryChange) => void

/** A part of a key's history, told as it was and as it is. */
interface RetoldWindow {
  readonly facts: readonly StoredFact[]
  readonly presence: Uint8Array
  readonly retelling: Retelling
}

const SHORTEST_WINDOW = 64

/** Over what reads facts and writes sessions. */
export function createTellAgain(
  rules: Rules,
  parts: {
    readonly sessions: LiveSessions
    readonly told: ToldEvents
    readonly story: ToldSessions
    readonly packed: PackedEvents
    readonly facts: FactsReader
    readonly starts: SessionStarts
    readonly toColumns: ToColumns
  },
): TellAgain {
  const { sessions, told, packed, story, facts, starts, toColumns } = parts

  /** The shortest window in which the tellings meet again, found by trying longer ones. */
  function tellWindow(owner: Identity, change: HistoryChange): RetoldWindow {
    const first = [...change.added, ...change.removed]
      .map(refOf)
      .reduce<EventRef | undefined>(earlier, undefined)!
    // Sessions that go by the client's ids may interleave: then only the whole history is a safe place to begin.
    const safe = rules.byClient ? undefined : starts.before(owner.row, first)
    for (let length = rules.byClient ? 2 ** 31 : SHORTEST_WINDOW; ; length *= 4) {
      const rows = told.ofKey(owner.row, safe?.time ?? Number.MIN_SAFE_INTEGER, length)
      const isWhole = rows.length < length
      const window = retellRows(rows, { safe, isWhole, change })
      if (window && window.retelling.settledRow !== -1) return window
    }
  }

  function retellRows(
    rows: readonly number[],
    { safe, isWhole, change }: { safe: EventRef | undefined; isWhole: boolean; change: HistoryChange },
  ): RetoldWindow | undefined {
    const read = rows.map((row) => facts.read(row))
    // Of events at one time, some may lie beyond the rows that were read.
    const end = isWhole ? Infinity : read.at(-1)!.fact.time
    const stored = read.filter(
      (each) => each.fact.time < end && !(safe && compareEvents(refOf(each), safe) < 0),
    )
    if (
      change.added.some(({ fact }) => fact.time >= end) ||
      change.removed.some(({ fact }) => fact.time >= end)
    )
      return undefined
    const added = new Set(change.added)
    const gone = new Set(change.removed.map(({ row }) => row))
    const all = inOrder([...stored, ...change.added])
    const presence = Uint8Array.from(all, (each) =>
      added.has(each) ? IN_NEW : gone.has(each.row) ? IN_OLD : IN_BOTH,
    )
    const events = toColumns(all)
    return {
      facts: all,
      presence,
      retelling: retell(rules, { events, presence, isWhole, fromFirst: safe === undefined }),
    }
  }

  function apply(owner: Identity, { facts: all, presence, retelling }: RetoldWindow): void {
    const { before, after, settledRow } = retelling
    const stamps = rules.byClient ? toStamps(all) : undefined
    const find = (telling: Telling, session: number): LiveSession => {
      const first = all[telling.firstRow[session]!]!
      return stamps && telling.stamp[session] !== 0
        ? story.ofStamp(owner, stamps.get(telling.firstRow[session]!)!)
        : story.ofFirstEvent(owner, first.fact.event.id)
    }
    const changes = diffTellings(retelling)
    // Before any event moves: what is not remembered of a session is folded of the events that were told in it.
    const changed = changes.map((change) =>
      change.after === -1 ? find(before, change.before) : find(after, change.after),
    )
    const sessionsAfter = new Map<number, LiveSession>()
    const isMoved = new Uint8Array(settledRow)
    changes.forEach((change, i) => {
      for (const row of [...change.gained, ...change.lost]) isMoved[row] = 1
      if (change.after !== -1) sessionsAfter.set(change.after, changed[i]!)
    })
    for (let row = 0; row < settledRow; row++) {
      const stored = all[row]!
      const sessionRow = () => sessionsAfter.get(after.sessionOf[row]!)?.row ?? 0
      if (presence[row] === IN_OLD) told.remove(stored.row)
      else if (presence[row] === IN_NEW)
        told.add(stored, story.isActive(stored), { identityRow: owner.row, sessionRow: sessionRow() })
      else if (isMoved[row] === 1) told.move(stored.row, sessionRow())
    }
    changes.forEach((change, i) => {
      if (change.after === -1) sessions.drop(changed[i]!)
      else update(changed[i]!, change, { all, retelling })
    })
  }

  function update(
    session: LiveSession,
    { before: was, after: is, gained, lost }: SessionChange,
    { all, retelling }: { readonly all: readonly StoredFact[]; readonly retelling: Retelling },
  ): void {
    const { before, after } = retelling
    if (lost.length > 0) story.refold(session)
    else for (const row of gained) story.add(session, all[row]!)
    const startRule = after.startRule[is]!
    const idAt = (row: number) => all[row]!.fact.event.id
    if (startRule !== 0)
      story.setStart(session, boundAt(startRule, idAt(after.firstRow[is]!), after.startGapMs[is]!))
    const endRule = after.endRule[is]!
    if (endRule !== 0) story.setEnd(session, boundAt(endRule, idAt(after.endRow[is]!), after.endGapMs[is]!))
    else if (was === -1 || before.endRule[was] !== 0) story.setEnd(session, undefined)
  }

  return (owner, change) => {
    packed.unpack(owner.row)
    apply(owner, tellWindow(owner, change))
    // What goes on is told of the rows.
    sessions.flush()
    sessions.forget()
  }
}

/** The stamp of each event that has one, by its place. */
function toStamps(all: readonly StoredFact[]): ReadonlyMap<number, string> {
  return new Map(
    all.flatMap(({ fact }, row) => (fact.event.session ? [[row, fact.event.session.id] as const] : [])),
  )
}
