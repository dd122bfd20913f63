import type { Fact } from '../../ingest/fact.ts'
import { compareEvents } from '../../session/event-order.ts'
import type { CommitOutcome } from '../store.ts'
import type { ErasedEvents } from './erased-events.ts'
import type { LiveSessions } from './live-sessions.ts'
import type { MoveEvents } from './move-events.ts'
import { createMissingRows } from './missing-rows.ts'
import type { SqliteDatabase } from './open-database.ts'
import { unpackId } from './pack-id.ts'
import type { PackedId } from './pack-id.ts'
import { readStatement } from './read-statement.ts'

/** What went with events that were removed. */
export interface Removed {
  readonly events: number
  /** Sessions of `client` of which nothing is left. */
  readonly sessions: number
  /** Rows of the contexts that they had; others may have them too. */
  readonly contexts: readonly number[]
}

/**
 * Removes the events in some rows, with what only they kept there: sessions, identities, gaps of tabs. What is left of a session is folded
 * again. With `forGood`, repetitions of them will be known and not stored. Within a transaction, with all sessions written.
 */
export type RemoveEvents = (rows: readonly number[], forGood: boolean) => Removed

interface RemovedRow {
  readonly id: PackedId
  readonly time: number
  readonly session_row: number | null
  readonly identity_row: number
  readonly context_row: number
  readonly source_row: number
  readonly tab: string | null
  /** 1 where events without a stamp are among those of its visitor. */
  readonly told: number
}

/** Prepares the statements. */
export function createRemoveEvents(
  db: SqliteDatabase,
  parts: {
    readonly sessions: LiveSessions
    readonly move: MoveEvents
    readonly erased: ErasedEvents
    /** Stores a fact anew, and tells it. */
    readonly store: (fact: Fact) => CommitOutcome
  },
): RemoveEvents {
  const { sessions, move, erased, store } = parts
  const select = db.prepare<[number], RemovedRow>(
    `select id, time, session_row, identity_row, context_row, source_row, body ->> '$.tab' as tab, told from events where row = ?`,
  )
  const remove = db.prepare<[number]>('delete from events where row = ?')
  const removeTab = db.prepare<[number, string]>('delete from tab_gaps where source_row = ? and tab = ?')
  const removeIdentity = db.prepare<[object]>(readStatement('./remove-idle-identity.sql'))
  const removeAll = db.prepare<[number]>('delete from events where session_row = ?')
  const missing = createMissingRows(db)
  const selectUser = db.prepare<[number], number>('select profile_row from sessions where row = ?').pluck()

  return (rows, forGood) => {
    const touched = new Map<number, { isTold: boolean }>()
    const identities = new Set<number>()
    const contexts = new Set<number>()
    const countMissing = missing.begin()
    let events = 0
    for (const row of rows) {
      const found = select.get(row)
      if (!found) continue
      events++
      if (forGood) erased.add(unpackId(found.id), found.time)
      remove.run(row)
      countMissing(-1)
      identities.add(found.identity_row)
      contexts.add(found.context_row)
      if (found.session_row !== null) touched.set(found.session_row, { isTold: found.told === 1 })
      if (found.tab !== null) removeTab.run(found.source_row, found.tab)
    }
    let gone = 0
    const left: Fact[] = []
    for (const [row, { isTold }] of touched) {
      identities.add(selectUser.get(row)!)
      // By the rule for events without a stamp, each decides what becomes of the next: so all that is left is told again.
      if (isTold) {
        const facts = move.facts(row)
        left.push(...facts)
        if (facts.length === 0) gone++
        countMissing(-removeAll.run(row).changes)
      }
      if (!move.refold(sessions.read(row)) && !isTold) gone++
    }
    for (const fact of inOrder(left)) if (store(fact) === 'stored') countMissing(1)
    missing.note()
    sessions.flush()
    for (const identity of identities) removeIdentity.run({ identity })
    return { events, sessions: gone, contexts: [...contexts] }
  }
}

function inOrder(facts: readonly Fact[]): readonly Fact[] {
  const refOf = ({ time, event: { id } }: Fact) => ({ time, id })
  return [...facts].sort((a, b) => compareEvents(refOf(a), refOf(b)))
}
