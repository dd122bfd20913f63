import { compareEvents } from '../../../session/event-order.ts'
import type { EventRef } from '../../../session/event-order.ts'
import type { StoredFact } from './facts-reader.ts'

/** Where a fact stands in its history. */
export function refOf({ fact }: StoredFact): EventRef {
  return { time: fact.time, id: fact.event.id }
}

/** The facts in the one order of events. */
export function inOrder(facts: readonly StoredFact[]): readonly StoredFact[] {
  return facts.length < 2 ? facts : [...facts].sort((a, b) => compareEvents(refOf(a), refOf(b)))
}
