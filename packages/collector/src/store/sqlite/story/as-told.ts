import type { Definition } from '../../../definition/definition.ts'
import type { Fact } from '../../../ingest/fact.ts'

/** What makes a fact what it is under a definition: one whose name is in `passiveEvents` is passive, however it was sent. */
export function asToldUnder({ passiveEvents }: Pick<Definition, 'passiveEvents'>): (fact: Fact) => Fact {
  if (passiveEvents.length === 0) return (fact) => fact
  const names = new Set(passiveEvents)
  return (fact) =>
    fact.event.passive || !names.has(fact.event.name)
      ? fact
      : { ...fact, event: { ...fact.event, passive: true } }
}
