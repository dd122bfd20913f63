import type { Fact, FactContext } from '../../ingest/fact.ts'
import { decodeEvent, encodeBody } from '../sqlite/event-row.ts'
import type { EventColumns, StorableFact } from '../sqlite/event-row.ts'
import { createRecentMap } from '../sqlite/recent-map.ts'

/** Facts on their way to the thread that stores them: what the facts of a request share once, and of each its columns, one after the other. */
export type PackedFacts = readonly PackedRun[]

interface PackedRun extends Pick<Fact, 'sourceId' | 'receivedAt' | 'clockOffsetMs'> {
  /** As JSON: most contexts have been seen before, and then only the text has to cross. */
  readonly context: string
  readonly columns: readonly unknown[]
}

/** Columns of an event: its time on the collector's clock, its `EventColumns`, its body. */
const WIDTH = 7

type Columns = [time: number, ...EventColumns, body: string]

/** Contexts that the storing thread knows by their texts, at about 2 KB each. */
const REMEMBERED_CONTEXTS = 1_000

/** Packs facts. The text of an event's body is made here, where it costs the thread that stores nothing. */
export function packFacts(facts: readonly Fact[]): PackedFacts {
  const runs: PackedRun[] = []
  let columns: unknown[] = []
  let last: Fact | undefined
  for (const fact of facts) {
    const { event, time, sourceId, receivedAt, clockOffsetMs } = fact
    if (!last || !sharesAll(last, fact)) {
      columns = []
      runs.push({ sourceId, receivedAt, clockOffsetMs, context: JSON.stringify(fact.context), columns })
    }
    last = fact
    columns.push(time, event.id, event.type, event.name, event.passive, event.visitorId, encodeBody(fact))
  }
  return runs
}

/** Makes what unpacks the facts, each with the text of its body. Equal contexts come as one object, so that what is worked out of one is worked out once. */
export function createUnpackFacts(): (packed: PackedFacts) => readonly StorableFact[] {
  const contexts = createRecentMap<string, FactContext>(REMEMBERED_CONTEXTS)

  function contextOf(text: string): FactContext {
    const known = contexts.get(text)
    if (known) return known
    const context = JSON.parse(text) as FactContext
    contexts.set(text, context)
    return context
  }

  return (packed) => {
    const facts: StorableFact[] = []
    for (const { sourceId, receivedAt, clockOffsetMs, context: text, columns } of packed) {
      const context = contextOf(text)
      for (let at = 0; at < columns.length; at += WIDTH) {
        const [time, id, type, name, passive, visitorId, body] = columns.slice(at, at + WIDTH) as Columns
        const event = decodeEvent([id, type, name, passive, visitorId], time, body)
        facts.push({ event, sourceId, time, receivedAt, clockOffsetMs, context, body })
      }
    }
    return facts
  }
}

function sharesAll(one: Fact, other: Fact): boolean {
  return (
    one.context === other.context &&
    one.sourceId === other.sourceId &&
    one.receivedAt === other.receivedAt &&
    one.clockOffsetMs === other.clockOffsetMs
  )
}
