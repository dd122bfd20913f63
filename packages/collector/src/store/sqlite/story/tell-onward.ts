import type { Rules } from '../../../definition/compile-rules.ts'
import { ACCOMPANIES, JOINS, OUTSIDE, ruleNumber } from '../../../definition/rule-name.ts'
import { createStep } from '../../../definition/step.ts'
import { compareEvents } from '../../../session/event-order.ts'
import type { Identity } from '../identities.ts'
import type { LiveSessions } from '../live-sessions.ts'
import { refOf } from './fact-order.ts'
import type { StoredFact } from './facts-reader.ts'
import type { KeyState, LoadKey } from './key-state.ts'
import type { RowSession } from './row-session.ts'
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

const END_EVENT = ruleNumber('end-event')

/** Over what reads facts and writes sessions. Not for rules that go by the client's ids, whose sessions may interleave. */
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

  function addTo(state: KeyState, stored: StoredFact): RowSession {
    const fact = story.asTold(stored.fact)
    const session = (state.session ??= rows.read(state.sessionRow))
    if (rows.add(session, fact)) return session
    letGoSession(state)
    sessions.add(sessions.read(state.sessionRow), fact)
    sessions.flush()
    sessions.forget()
    return (state.session = rows.read(state.sessionRow))
  }

  function tellOne(owner: Identity, state: KeyState, stored: StoredFact): void {
    const { open } = state
    const { time, event } = stored.fact
    const gapMs = open.hadSession ? time - open.lastActive : NaN
    const verdict = step(open, toColumns([stored]), 0)
    const isActive = story.isActive(stored)
    state.last = refOf(stored)
    if (verdict === OUTSIDE) return told.add(stored, isActive, { identityRow: owner.row, sessionRow: 0 })
    if (verdict > JOINS) {
      endBy(state, verdict, stored, gapMs)
      letGoSession(state)
      state.session = rows.begin(owner, story.idOf(owner, event.id), stored)
      rows.start(state.session, boundAt(verdict, event.id, gapMs))
      state.sessionRow = state.session.row
      state.isEnded = false
    } else addTo(state, stored)
    told.add(stored, isActive, { identityRow: owner.row, sessionRow: state.sessionRow })
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
