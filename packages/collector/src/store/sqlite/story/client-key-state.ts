import type { Rules } from '../../../definition/compile-rules.ts'
import { createOpenSession, createStep } from '../../../definition/step.ts'
import { compareEvents } from '../../../session/event-order.ts'
import { refOf } from './fact-order.ts'
import type { FactsReader, StoredFact } from './facts-reader.ts'
import type { KeyState, LoadKey } from './key-state.ts'
import type { PackedEvents } from './packed-events.ts'
import type { ToColumns } from './rule-columns.ts'
import type { ToldEvent, ToldEvents } from './told-events.ts'

/** An event of a key, and how it was told. */
interface KeyEvent extends ToldEvent {
  readonly stored: StoredFact
}

/**
 * Finds where a key stands under rules that go by the client's ids, of its last events: senders go from session to session, so that the
 * one which began last need not be the one that goes on. It reads back to where the session was come to that goes on, if the rules ask
 * for that at all.
 */
export function createLoadClientKey(
  rules: Rules,
  {
    told,
    packed,
    facts,
    toColumns,
    shortestWindow,
  }: {
    readonly told: ToldEvents
    readonly packed: PackedEvents
    readonly facts: FactsReader
    readonly toColumns: ToColumns
    readonly shortestWindow: number
  },
): LoadKey {
  const step = createStep(rules)
  const isForgetful = isTimeoutAll(rules)

  /** The last events of a key in their order; undefined where they have to be more. */
  function lastEvents(key: number, length: number): readonly KeyEvent[] | undefined {
    const found = told.latest(key, length)
    const events = found
      .map((event): KeyEvent => ({ ...event, stored: facts.read(event.row) }))
      .sort((a, b) => compareEvents(refOf(a.stored), refOf(b.stored)))
    if (found.length < length) return events
    // Of events at one time, some may lie beyond those that were read.
    const [first] = events
    const whole = events.filter(({ stored }) => stored.fact.time > first!.stored.fact.time)
    const from = safePlace(whole)
    return from === -1 ? undefined : whole.slice(from)
  }

  /** The last event that began a session or came back to one, and so made the rules forget all before; -1 where none is seen to. */
  function safePlace(events: readonly KeyEvent[]): number {
    const active = events.flatMap(({ active }, place) => (active === 1 ? place : []))
    for (let i = active.length - 1; i >= 0; i--) {
      const { sessionRow, stored } = events[active[i]!]!
      if (isForgetful && stored.fact.event.session) return active[i]!
      if (i > 0 && events[active[i - 1]!]!.sessionRow !== sessionRow) return active[i]!
    }
    return -1
  }

  return (owner) => {
    packed.unpack(owner.row)
    let events: readonly KeyEvent[] | undefined
    for (let length = shortestWindow; !events; length *= 4) events = lastEvents(owner.row, length)
    const open = createOpenSession()
    const columns = toColumns(events.map(({ stored }) => stored))
    events.forEach((_, i) => step(open, columns, i))
    const sessionRow = events.findLast(({ active }) => active === 1)?.sessionRow ?? 0
    const last = events.at(-1)
    const state: KeyState = {
      open,
      last: last && refOf(last.stored),
      sessionRow,
      isEnded: sessionRow !== 0 && !open.isOpen,
      session: undefined,
    }
    return state
  }
}

/** True where the rules go by nothing but the last activity: then any event with a client's id makes them forget what was before. */
function isTimeoutAll(rules: Rules): boolean {
  return (
    rules.maxLengthMs === Infinity &&
    rules.maxEvents === Infinity &&
    rules.localDay === undefined &&
    !(rules.splitOnUser || rules.splitOnCampaign || rules.splitOnReferrer || rules.splitOnProperty)
  )
}
