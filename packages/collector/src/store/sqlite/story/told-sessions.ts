import type { EpochMs } from '@sojourn/protocol'
import type { Definition } from '../../../definition/definition.ts'
import { definitionId, sessionIdUnder, stampedSessionIdUnder } from '../../../definition/definition-id.ts'
import { ruleName } from '../../../definition/rule-name.ts'
import type { Fact } from '../../../ingest/fact.ts'
import type { SessionBound } from '../../../session/session-bounds.ts'
import type { Identity } from '../identities.ts'
import type { LiveSession } from '../live-session.ts'
import type { LiveSessions } from '../live-sessions.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { packId } from '../pack-id.ts'
import type { PackedId } from '../pack-id.ts'
import { asToldUnder } from './as-told.ts'
import type { FactsReader, StoredFact } from './facts-reader.ts'
import type { ToldEvents } from './told-events.ts'

/** The sessions of a story while they are written. */
export interface ToldSessions {
  /** The session of a key that begins at an event, or that holds what came with a stamp; it is begun where it is new. */
  ofFirstEvent(owner: Identity, eventId: string): LiveSession
  ofStamp(owner: Identity, stamp: string): LiveSession
  add(session: LiveSession, stored: StoredFact): void
  /** A fact as the definition has it: with what it calls passive. */
  asTold(fact: Fact): Fact
  /** Folds a session again from the events that are told in it. */
  refold(session: LiveSession): void
  setStart(session: LiveSession, start: SessionBound): void
  setEnd(session: LiveSession, end: SessionBound | undefined): void
  /** Ends the session in a row, unless it has ended, whose last activity was at `lastActive`. */
  close(row: number, end: SessionBound, lastActive: EpochMs): void
  /** The id of a key's session that begins at an event. */
  idOf(owner: Identity, eventId: string): string
  /** The id of a key's session that holds what came with a stamp. */
  idOfStamp(owner: Identity, stamp: string): string
  /** The row of that session, if it is written. */
  rowOfStamp(owner: Identity, stamp: string): number | undefined
  /** True for what extends a session: neither sent as passive nor named in the definition's `passiveEvents`. */
  isActive(stored: StoredFact): boolean
}

/** What is settled stays so: an end never makes a session last longer. */
const CLOSE = `update sessions
  set ends_at = min(ends_at, :endsAt), bounds = json_set(bounds, '$.end', json(:end))
  where row = :row and bounds ->> '$.end' is null`

/** The sessions of one definition, over the writing connection of its story and what reads facts and writes sessions. */
export function createToldSessions(
  db: SqliteDatabase,
  definition: Definition,
  { sessions, told, facts }: { sessions: LiveSessions; told: ToldEvents; facts: FactsReader },
): ToldSessions {
  const ownId = definitionId(definition.name)
  const asTold = asToldUnder(definition)
  const { timeoutMs } = definition
  const selectRow = db.prepare<[PackedId], number>('select row from sessions where id = ?').pluck()
  const closeWritten = db.prepare<[object]>(CLOSE)

  function add(session: LiveSession, { fact }: StoredFact): void {
    sessions.add(session, asTold(fact))
  }

  function idOf(owner: Identity, eventId: string): string {
    return sessionIdUnder(ownId, owner.key, eventId)
  }

  function idOfStamp(owner: Identity, stamp: string): string {
    return stampedSessionIdUnder(ownId, owner.key, stamp)
  }

  function setEnd(session: LiveSession, end: SessionBound | undefined): void {
    const { end: before, ...rest } = session.bounds!
    if (isSameBound(before, end)) return
    session.bounds = end ? { ...rest, end } : rest
    sessions.touch(session)
  }

  return {
    ofFirstEvent: (owner, eventId) => sessions.resolve(idOf(owner, eventId), owner, true),
    ofStamp: (owner, stamp) => sessions.resolve(idOfStamp(owner, stamp), owner, true),
    isActive: ({ fact }) => !asTold(fact).event.passive,
    add,
    asTold,
    refold(session) {
      session.state = undefined
      session.terms = new Set()
      for (const row of told.ofSession(session.row)) add(session, facts.read(row))
    },
    setStart(session, start) {
      if (session.bounds && isSameBound(session.bounds.start, start)) return
      session.bounds = { ...session.bounds, timeoutMs, start }
      sessions.touch(session)
    },
    setEnd,
    close: (row, end, lastActive) =>
      void closeWritten.run({ row, end: JSON.stringify(end), endsAt: lastActive + (end.gapMs ?? Infinity) }),
    idOf,
    idOfStamp,
    rowOfStamp: (owner, stamp) => selectRow.get(packId(idOfStamp(owner, stamp))),
  }
}

function isSameBound(a: SessionBound | undefined, b: SessionBound | undefined): boolean {
  return a?.rule === b?.rule && a?.event === b?.event && a?.gapMs === b?.gapMs
}

/** The bound at an event by the number of a rule; a gap of NaN is none. */
export function boundAt(rule: number, event: string, gapMs: number): SessionBound {
  return { rule: ruleName(rule)!, event, ...(Number.isNaN(gapMs) ? {} : { gapMs }) }
}
