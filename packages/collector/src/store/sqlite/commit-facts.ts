import type { Fact } from '../../ingest/fact.ts'
import type { CommitOutcome } from '../store.ts'
import { isDiskFault } from './disk-fault.ts'
import { keyOf } from './event-row.ts'
import type { Identity } from './identities.ts'
import { createInsertEvent } from './insert-event.ts'
import { createLiveSessions } from './live-sessions.ts'
import { createMoveEvents } from './move-events.ts'
import type { SqliteDatabase } from './open-database.ts'
import { readStatement } from './read-statement.ts'
import { createRescore } from './rescore.ts'
import type { Rescore } from './rescore.ts'
import { createSettleSessions } from './settle-sessions.ts'
import { forgetParts } from './store-parts.ts'
import type { StoreParts } from './store-parts.ts'
import { createTabGaps } from './tab-gaps.ts'
import { createTellUnstamped } from './tell-unstamped.ts'
import type { Tuning } from './tuning.ts'

/**
 * Stores the facts of several batches in one durable transaction, and returns the outcomes of each batch in order.
 * Throws what SQLite throws; then nothing is stored, and nothing of it is remembered.
 */
export type CommitFacts = (batches: readonly (readonly Fact[])[]) => readonly (readonly CommitOutcome[])[]

/** What writes the sessions of `client`. */
export interface ClientWriter {
  readonly commitFacts: CommitFacts
  readonly rescore: Rescore
}

/** Prepares the statements. */
export function createCommitFacts(db: SqliteDatabase, parts: StoreParts, tuning: Tuning): ClientWriter {
  const sessions = createLiveSessions(db, parts)
  const insert = createInsertEvent(db, parts)
  const move = createMoveEvents(db, parts, sessions)
  const tell = createTellUnstamped(db, { sessions, insert, move })
  const markTold = db.prepare<[number]>(readStatement('./mark-told.sql'))
  const settle = createSettleSessions(db, sessions, tuning)
  const gaps = createTabGaps(db, parts)
  let seenVersion: unknown
  let latestTime = 0

  function store(fact: Fact): CommitOutcome {
    const { event } = fact
    latestTime = Math.max(latestTime, fact.time)
    const owner = parts.identities.intern(keyOf(event))
    const isTold = owner.told || event.session === undefined
    const teller = isTold ? told(owner) : owner
    const stamped = event.session && sessions.resolve(event.session.id, teller, false)
    if (isTold) return tell(withOneContext(fact), teller, stamped) ? 'stored' : 'duplicate'
    if (!insert(fact, owner, stamped!.row)) return 'duplicate'
    sessions.add(stamped!, withOneContext(fact))
    return 'stored'
  }

  function take(fact: Fact): CommitOutcome {
    const outcome = store(fact)
    if (outcome === 'stored') gaps.see(fact)
    return outcome
  }

  /** From its first event without a stamp on, all events of an identity take part in the telling. */
  function told(owner: Identity): Identity {
    if (owner.told) return owner
    sessions.flush()
    markTold.run(owner.row)
    return parts.identities.markTold(owner)
  }

  /** The fact with the one object that stands for all contexts equal to its own. */
  function withOneContext(fact: Fact): Fact {
    const { context } = parts.contexts.intern(fact.context)
    return context === fact.context ? fact : { ...fact, context }
  }

  function forget(): void {
    sessions.forget()
    gaps.forget()
    settle.forget()
    forgetParts(parts)
  }

  const transaction = db.transaction((batches: readonly (readonly Fact[])[]) => {
    // It changes when another process, such as an import, has written: then what is remembered may be out of date.
    const version = db.pragma('data_version', { simple: true })
    if (version !== seenVersion) forget()
    seenVersion = version
    const outcomes = batches.map((facts) => facts.map(take))
    sessions.flush()
    gaps.flush()
    return outcomes
  })

  /** What was committed is safe by now, so a full disk here is no failure of the commit: it is tried again after the next one. */
  function settleEnded(): void {
    try {
      settle.run(latestTime)
    } catch (error) {
      forget()
      if (!isDiskFault(error)) throw error
    }
  }

  const commitFacts: CommitFacts = (batches) => {
    try {
      const outcomes = transaction.immediate(batches)
      settleEnded()
      return outcomes
    } catch (error) {
      forget()
      throw error
    } finally {
      sessions.trim()
    }
  }
  const rescore = createRescore(db, { sessions, rulebooks: parts.rulebooks, factsOf: move.facts })
  return { commitFacts, rescore }
}
