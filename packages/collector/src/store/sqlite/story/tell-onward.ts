import type { Rules } from '../../../definition/compile-rules.ts'
import { ACCOMPANIES, JOINS, OUTSIDE, STAMPED, ruleNumber } from '../../../definition/rule-name.ts'
import { createStep } from '../../../definition/step.ts'
import type { Fact } from '../../../ingest/fact.ts'
import { compareEvents } from '../../../session/event-order.ts'
import type { SessionBound } from '../../../session/session-bounds.ts'
import type { Identity } from '../identities.ts'
import type { LiveSession } from '../live-session.ts'
import type { LiveSessions } from '../live-sessions.ts'
import { refOf } from './fact-order.ts'
import type { StoredFact } from './facts-reader.ts'
import type { KeyState, LoadKey } from './key-state.ts'
import type { RowSessions } from './row-sessions.ts'
import type { ToColumns } from './rule-columns.ts'
import type { ToldEvents } from './told-events.ts'
import { boundAt } from './told-sessions.ts'
import type { ToldSessions } from './told-sessions.ts'

/** Tells a key's events where they come after all that are told already: what most events do. */
export interface TellOnward {
  /** Tells the events, which are in order; false, and nothing is done, when one of them does not come after those that are told. */
  tell(owner: Identity, facts: readonly StoredFact[]): boolean
  /** Writes what is told of a key, or of all, and forgets where it stands: its history changes elsewhere. */
  letGo(owner?: Identity): void
}

const CLIENT = ruleNumber('client')
const END_EVENT = ruleNumber('end-event')

/** Over what reads facts and writes sessions. */
export function createTellOnward(
  rules: Rules,
  parts: {
    readonly sessions: LiveSessions
    readonly rows: RowSessions
    readonly told: ToldEvents
    readonly story: ToldSessions
    readonly load: LoadKey
    readonly toColumns: ToColumns
    readonly rememberedKeys: number
  },
): TellOnward {
  const { sessions, rows, told, story, load, toColumns, rememberedKeys } = parts
  const step = createStep(rules)
  const states = new Map<number, KeyState>()

  function letGoSession(state: KeyState): void {
    if (!state.session) return
    rows.write(state.session)
    rows.letGo(state.session)
    state.session = undefined
  }

  /** Ends the session that is open, since an event begins another. */
  function endBy(
    state: KeyState,
    verdict: number,
    { fact: { time, event } }: StoredFact,
    gapMs: number,
  ): void {
    if (state.sessionRow === 0 || state.isEnded) return
    const bound = boundAt(verdict, event.id, gapMs)
    // What is written may be settled, and stays so.
    if (state.session && state.session.lacks !== 'nothing') rows.end(state.session, bound, time - gapMs)
    else story.close(state.sessionRow, bound, time - gapMs)
  }

  /** Adds an event to a session where only all its events tell what it makes of that one. */
  function addFolded(sessionRow: number, fact: Fact, change?: (session: LiveSession) => void): void {
    const session = sessions.read(sessionRow)
    sessions.add(session, fact)
    change?.(session)
    sessions.flush()
    sessions.forget()
  }

  function addTo(state: KeyState, stored: StoredFact): void {
    const fact = story.asTold(stored.fact)
    state.session ??= rows.read(state.sessionRow)
    if (rows.add(state.session, fact)) return
    letGoSession(state)
    addFolded(state.sessionRow, fact)
  }

  /** Begins a session, or goes back to the one that a sender named before. */
  function enter(owner: Identity, state: KeyState, stored: StoredFact, start: SessionBound): void {
    const { event } = stored.fact
    const stamp = rules.byClient ? event.session?.id : undefined
    const known = stamp === undefined ? undefined : story.rowOfStamp(owner, stamp)
    state.isEnded = false
    if (known === undefined) {
      const id = stamp === undefined ? story.idOf(owner, event.id) : story.idOfStamp(owner, stamp)
      state.session = rows.begin(owner, id, stored)
      rows.start(state.session, start)
      state.sessionRow = state.session.row
      return
    }
    state.sessionRow = known
    state.session = rows.read(known)
    if (state.session.events > 0) {
      rows.reopen(state.session)
      return addTo(state, stored)
    }
    // Until now there were passive events alone.
    letGoSession(state)
    addFolded(known, stored.fact, (session) => {
      story.setEnd(session, undefined)
      story.setStart(session, start)
    })
  }

  /** Adds a passive event to the session that its sender names, whichever is open. Returns that session's row. */
  function accompany(owner: Identity, state: KeyState, stored: StoredFact, isOpen: boolean): number {
    const stamp = stored.fact.event.session!.id
    const fact = story.asTold(stored.fact)
    if (isOpen) {
      addTo(state, stored)
      return state.sessionRow
    }
    const known = story.rowOfStamp(owner, stamp)
    if (known === undefined) {
      const session = story.ofStamp(owner, stamp)
      const { row } = session
      story.add(session, stored)
      story.setStart(session, boundAt(CLIENT, fact.event.id, NaN))
      sessions.flush()
      sessions.forget()
      return row
    }
    const session = rows.read(known)
    const isAdded = rows.add(session, fact)
    rows.write(session)
    rows.letGo(session)
    if (!isAdded) addFolded(known, fact)
    return known
  }

  function tellOne(owner: Identity, state: KeyState, stored: StoredFact): void {
    const { open } = state
    const { time, event } = stored.fact
    const gapMs = open.hadSession ? time - open.lastActive : NaN
    const columns = toColumns([stored])
    const verdict = step(open, columns, 0)
    const note = (sessionRow: number) =>
      told.add(stored, story.isActive(stored), { identityRow: owner.row, sessionRow })
    state.last = refOf(stored)
    if (verdict === OUTSIDE) return note(0)
    if (verdict === STAMPED) return note(accompany(owner, state, stored, columns.stamp![0] === open.stamp))
    if (verdict > JOINS) {
      endBy(state, verdict, stored, gapMs)
      letGoSession(state)
      enter(owner, state, stored, boundAt(verdict, event.id, gapMs))
    } else addTo(state, stored)
    note(state.sessionRow)
    if (verdict === ACCOMPANIES || open.isOpen) return
    rows.end((state.session ??= rows.read(state.sessionRow)), boundAt(END_EVENT, event.id, 0), time)
    state.isEnded = true
  }

  /** Used last, so that it is let go last. */
  function remember(key: number, state: KeyState): void {
    states.delete(key)
    states.set(key, state)
    for (const [oldest, itsState] of states) {
      if (states.size <= rememberedKeys) break
      letGoSession(itsState)
      states.delete(oldest)
    }
  }

  return {
    tell(owner, added) {
      const state = states.get(owner.row) ?? load(owner, added[0]!.fact.time)
      if (state.last && compareEvents(refOf(added[0]!), state.last) < 0) return false
      for (const stored of added) tellOne(owner, state, stored)
      remember(owner.row, state)
      return true
    },
    letGo(owner) {
      for (const [key, state] of owner ? [[owner.row, states.get(owner.row)] as const] : states) {
        if (state) letGoSession(state)
        states.delete(key)
      }
    },
  }
}
