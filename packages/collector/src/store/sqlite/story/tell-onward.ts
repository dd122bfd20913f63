import type { Rules } from '../../../definition/compile-rules.ts'
import { ACCOMPANIES, JOINS, OUTSIDE, ruleNumber } from '../../../definition/rule-name.ts'
import { createOpenSession, createStep } from '../../../definition/step.ts'
import type { OpenSession } from '../../../definition/step.ts'
import { compareEvents } from '../../../session/event-order.ts'
import type { EventRef } from '../../../session/event-order.ts'
import type { Identity } from '../identities.ts'
import type { LiveSessions } from '../live-sessions.ts'
import type { FactsReader, StoredFact } from './facts-reader.ts'
import { inOrder, refOf } from './fact-order.ts'
import type { ToColumns } from './rule-columns.ts'
import type { SessionStarts } from './session-starts.ts'
import type { ToldEvents } from './told-events.ts'
import { boundAt } from './told-sessions.ts'
import type { ToldSessions } from './told-sessions.ts'

/** Tells a key's events where they come after all that are told already: what most events do. */
export interface TellOnward {
  /** Tells the events, which are in order; false, and nothing is done, when one of them does not come after those that are told. */
  tell(owner: Identity, facts: readonly StoredFact[]): boolean
  /** Forgets where a key stands, or all keys: its history changed elsewhere, or a transaction was undone. */
  forget(owner?: Identity): void
}

/** Where the telling of a key stands. */
interface KeyState {
  readonly open: OpenSession
  /** Of the key's last event. */
  last: EventRef | undefined
  /** Of the open session; 0 before the first. */
  sessionRow: number
}

const END_EVENT = ruleNumber('end-event')
const ALL = 2 ** 31

/** Over what reads facts and writes sessions. Not for rules that go by the client's ids, whose sessions may interleave. */
export function createTellOnward(
  rules: Rules,
  parts: {
    readonly sessions: LiveSessions
    readonly told: ToldEvents
    readonly story: ToldSessions
    readonly facts: FactsReader
    readonly starts: SessionStarts
    readonly toColumns: ToColumns
    readonly rememberedKeys: number
  },
): TellOnward {
  const { sessions, told, story, facts, starts, toColumns, rememberedKeys } = parts
  const step = createStep(rules)
  const states = new Map<number, KeyState>()

  /** What is open after the key's last session: its events tell, whatever came before. */
  function load(owner: Identity): KeyState {
    const last = inOrder(told.lastOfKey(owner.row).map((row) => facts.read(row))).at(-1)
    const state: KeyState = { open: createOpenSession(), last: last && refOf(last), sessionRow: 0 }
    if (!last) return state
    // The session may have been begun in this very transaction.
    sessions.flush()
    const session = starts.last(owner.row)
    if (!session) return state
    const entry = { time: session.time, id: session.id }
    const since = inOrder(
      told
        .ofKey(owner.row, entry.time, ALL)
        .map((row) => facts.read(row))
        .filter((stored) => compareEvents(refOf(stored), entry) >= 0),
    )
    const columns = toColumns(since)
    since.forEach((_, i) => step(state.open, columns, i))
    state.sessionRow = session.row
    return state
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
      const before = state.sessionRow === 0 ? undefined : sessions.read(state.sessionRow)
      if (before && !before.bounds?.end) story.setEnd(before, boundAt(verdict, event.id, gapMs))
      const begun = story.ofFirstEvent(owner, event.id)
      story.setStart(begun, boundAt(verdict, event.id, gapMs))
      state.sessionRow = begun.row
    }
    const session = sessions.read(state.sessionRow)
    told.add(stored, isActive, { identityRow: owner.row, sessionRow: session.row })
    story.add(session, stored)
    if (verdict !== ACCOMPANIES && !open.isOpen) story.setEnd(session, boundAt(END_EVENT, event.id, 0))
  }

  /** Used last, so that it is let go last. */
  function remember(key: number, state: KeyState): void {
    states.delete(key)
    states.set(key, state)
    for (const oldest of states.keys()) {
      if (states.size <= rememberedKeys) break
      states.delete(oldest)
    }
  }

  return {
    tell(owner, added) {
      const state = states.get(owner.row) ?? load(owner)
      if (state.last && compareEvents(refOf(added[0]!), state.last) < 0) return false
      for (const stored of added) tellOne(owner, state, stored)
      remember(owner.row, state)
      return true
    },
    forget(owner) {
      if (owner) states.delete(owner.row)
      else states.clear()
    },
  }
}
