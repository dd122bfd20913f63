import type { Fact } from '../../ingest/fact.ts'
import { mergeSessions } from '../../session/merge-sessions.ts'
import type { SessionState } from '../../session/session-state.ts'
import { decodeFact, SELECT_EVENTS } from './event-row.ts'
import type { EventRow } from './event-row.ts'
import type { LiveSession } from './live-session.ts'
import type { LiveSessions } from './live-sessions.ts'
import type { SqliteDatabase } from './open-database.ts'
import type { StoreParts } from './store-parts.ts'

/** Takes stored events from one session to another. */
export interface MoveEvents {
  /** Moves single events, from wherever they are. */
  some(
    events: readonly { readonly row: number; readonly session_row: number | null }[],
    to: LiveSession,
  ): void
  /** Moves all events of a session, which is then gone. */
  all(from: LiveSession, to: LiveSession): void
  /** The events of a session, in no order. */
  facts(sessionRow: number): readonly Fact[]
  /** Folds the events of a session again; false when it has none, and is gone. Throws `StoreDamaged` before it changes anything. */
  refold(session: LiveSession): boolean
}

/** Prepares the statements. */
export function createMoveEvents(db: SqliteDatabase, parts: StoreParts, sessions: LiveSessions): MoveEvents {
  const setSession = db.prepare<[number, number]>('update events set session_row = ? where row = ?')
  const moveSession = db.prepare<[number, number]>('update events set session_row = ? where session_row = ?')
  const selectFacts = db.prepare<[number], EventRow>(`${SELECT_EVENTS} where e.session_row = ?`)
  const selectFact = db.prepare<[number], EventRow>(`${SELECT_EVENTS} where e.row = ?`)

  /** Folds a session's events from scratch: what an event brought can't be taken out of a state. */
  function refold(session: LiveSession): boolean {
    const all = facts(session.row)
    session.state = undefined
    session.terms = new Set()
    for (const fact of all) sessions.add(session, fact)
    if (!session.state) sessions.drop(session)
    return session.state !== undefined
  }

  function facts(sessionRow: number): readonly Fact[] {
    return selectFacts.all(sessionRow).map(toFact)
  }

  function toFact(row: EventRow): Fact {
    return decodeFact(row, parts.contexts, parts.sources)
  }

  return {
    facts,
    refold,
    some(events, to) {
      if (events.length === 0) return
      for (const { row } of events) {
        setSession.run(to.row, row)
        sessions.add(to, toFact(selectFact.get(row)!))
      }
      const changed = new Set(events.flatMap(({ session_row }) => session_row ?? []))
      for (const row of changed) refold(sessions.read(row))
    },
    all(from, to) {
      // Rows are only numbers: the smaller session moves, and the larger one takes its name. So reversed arrivals cost no more than others.
      const [kept, gone] = size(from.state) > size(to.state) ? [from, to] : [to, from]
      const { id, derived } = to
      moveSession.run(kept.row, gone.row)
      kept.state = merge(from.state, to.state)
      for (const name of gone.terms) kept.terms.add(name)
      kept.derived = derived
      sessions.drop(gone)
      if (kept.id !== id) sessions.rename(kept, id)
      sessions.touch(kept)
    },
  }
}

function size(state: SessionState | undefined): number {
  return state ? state.events + state.passive : 0
}

function merge(a: SessionState | undefined, b: SessionState | undefined): SessionState | undefined {
  return a && b ? mergeSessions(a, b) : (a ?? b)
}
