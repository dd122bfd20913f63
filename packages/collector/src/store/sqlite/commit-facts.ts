import type { CommitOutcome } from '../store.ts'
import { isDiskFault } from './disk-fault.ts'
import { createErasedEvents } from './erased-events.ts'
import { keyOf } from './event-row.ts'
import type { StorableFact } from './event-row.ts'
import type { Identity } from './identities.ts'
import { createInsertEvent } from './insert-event.ts'
import { createLiveSessions } from './live-sessions.ts'
import { createMoveEvents } from './move-events.ts'
import type { SqliteDatabase } from './open-database.ts'
import { readStatement } from './read-statement.ts'
import { createRemoveEvents } from './remove-events.ts'
import type { RemoveEvents } from './remove-events.ts'
import { createRescore } from './rescore.ts'
import type { Rescore } from './rescore.ts'
import { createSettleSessions } from './settle-sessions.ts'
import { forgetParts } from './store-parts.ts'
import type { StoreParts } from './store-parts.ts'
import { createTabGaps } from './tab-gaps.ts'
import { createTellUnstamped } from './tell-unstamped.ts'
import type { Tuning } from './tuning.ts'

/** Events and sessions, written. */
export interface CommitFacts {
  /**
   * Stores the facts of several batches and their sessions in one durable transaction, and returns the outcomes of each batch in order.
   * Throws what SQLite throws; then nothing is stored, and nothing of it is remembered.
   */
  commit(batches: readonly (readonly StorableFact[])[]): readonly (readonly CommitOutcome[])[]
}

/** What writes the sessions of `client`. */
export interface ClientWriter {
  readonly commitFacts: CommitFacts
  readonly rescore: Rescore
  readonly removeEvents: RemoveEvents
}

/** Of the pauses between two events of a session, few are longer, in ms. */
const IDLE_MS = 10 * 60_000

/** Prepares the statements. */
export function createCommitFacts(db: SqliteDatabase, parts: StoreParts, tuning: Tuning): ClientWriter {
  const sessions = createLiveSessions(db, parts, tuning)
  const insert = createInsertEvent(db, parts)
  const move = createMoveEvents(db, parts, sessions)
  const tell = createTellUnstamped(db, { sessions, insert, move })
  const setTold = db.prepare<[number]>(readStatement('./mark-told.sql'))
  const settle = createSettleSessions(db, sessions, {
    liveSessions: tuning.liveSessions,
    idleMs: IDLE_MS,
    stateText(row) {
      const state = sessions.stateOf(row)
      return state && parts.states.encodeEnded(state)
    },
  })
  const gaps = createTabGaps(db, parts)
  const erased = createErasedEvents(db)
  let seenVersion: unknown
  let isInStep = false
  let latestTime = 0

  function store(fact: StorableFact): CommitOutcome {
    const { event } = fact
    if (erased.has(fact)) return 'duplicate'
    latestTime = Math.max(latestTime, fact.time)
    const owner = parts.identities.intern(keyOf(event))
    const isTold = owner.told || event.session === undefined
    const teller = isTold ? markTold(owner) : owner
    const stamped = event.session && sessions.resolve(event.session.id, teller, false)
    if (isTold) return tell(withOneContext(fact), teller, stamped) ? 'stored' : 'duplicate'
    const row = insert(fact, owner, stamped!.row)
    if (row === undefined) return 'duplicate'
    sessions.add(stamped!, withOneContext(fact))
    return 'stored'
  }

  function take(fact: StorableFact): CommitOutcome {
    const outcome = store(fact)
    if (outcome === 'stored') gaps.see(fact)
    return outcome
  }

  /** From its first event without a stamp on, all events of an identity take part in the telling. */
  function markTold(owner: Identity): Identity {
    if (owner.told) return owner
    sessions.flush()
    setTold.run(owner.row)
    return parts.identities.markTold(owner)
  }

  /** The fact with the one object that stands for all contexts equal to its own. */
  function withOneContext(fact: StorableFact): StorableFact {
    const { context } = parts.contexts.intern(fact.context)
    return context === fact.context ? fact : { ...fact, context }
  }

  function forget(): void {
    isInStep = false
    sessions.forget()
    gaps.forget()
    erased.forget()
    settle.forget()
    forgetParts(parts)
  }

  /** Brings what is remembered in step with the file; at the begin of each transaction. */
  function fallInStep(): void {
    // It changes when another process, such as an import, has written: then what is remembered may be out of date.
    const version = db.pragma('data_version', { simple: true })
    if (isInStep && version === seenVersion) return
    forget()
    seenVersion = version
    isInStep = true
  }

  const commitAll = db.transaction((batches: readonly (readonly StorableFact[])[]) => {
    fallInStep()
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

  function attempt<Value>(work: () => Value): Value {
    try {
      return work()
    } catch (error) {
      forget()
      throw error
    } finally {
      sessions.trim()
    }
  }
  const commitFacts: CommitFacts = {
    commit: (batches) =>
      attempt(() => {
        const outcomes = commitAll.immediate(batches)
        settleEnded()
        return outcomes
      }),
  }
  const rescore = createRescore(db, {
    sessions,
    rulebooks: parts.rulebooks,
    states: parts.states,
    factsOf: move.facts,
  })
  const remove = createRemoveEvents(db, { sessions, move, erased, store })
  const removeAll = db.transaction((rows: readonly number[], forGood: boolean) => {
    fallInStep()
    sessions.flush()
    return remove(rows, forGood)
  })
  const removeEvents: RemoveEvents = (rows, forGood) =>
    attempt(() => {
      // SQLite would else leave what is removed lying until the place is needed.
      db.pragma('secure_delete = on')
      try {
        return removeAll.immediate(rows, forGood)
      } finally {
        db.pragma('secure_delete = off')
        for (const part of [gaps, erased, parts.identities]) part.forget()
      }
    })
  return { commitFacts, rescore, removeEvents }
}
