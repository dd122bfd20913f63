import type { Fact } from '../../ingest/fact.ts'
import { decodeEvent, encodeBody } from '../sqlite/event-row.ts'
import type { EventColumns, StorableFact } from '../sqlite/event-row.ts'

/** Facts on their way to the thread that stores them: what the facts of a request share once, and of each its columns, one after the other. */
export type PackedFacts = readonly PackedRun[]

interface PackedRun extends Pick<Fact, 'sourceId' | 'receivedAt' | 'clockOffsetMs' | 'context'> {
  readonly columns: readonly unknown[]
}

/** Columns of an event: its time on the collector's clock, its `EventColumns`, its body. */
const WIDTH = 7

/** Packs facts. The text of an event's body is made here, where it costs the thread that stores nothing. */
export function packFacts(facts: readonly Fact[]): PackedFacts {
  const runs: (Omit<PackedRun, 'columns'> & { readonly columns: unknown[] })[] = []
  for (const fact of facts) {
    const { event, time } = fact
    const last = runs.at(-1)
    const run = last && sharesAll(last, fact) ? last : startRun(fact)
    if (run !== last) runs.push(run)
    run.columns.push(time, event.id, event.type, event.name, event.passive, event.visitorId, encodeBody(fact))
  }
  return runs
}

/** The facts that were packed, each with the text of its body. */
export function unpackFacts(packed: PackedFacts): readonly StorableFact[] {
  const facts: StorableFact[] = []
  for (const { sourceId, receivedAt, clockOffsetMs, context, columns } of packed)
    for (let at = 0; at < columns.length; at += WIDTH) {
      const time = columns[at] as number
      const body = columns[at + WIDTH - 1] as string
      const event = decodeEvent(columns.slice(at + 1, at + WIDTH - 1) as unknown as EventColumns, time, body)
      facts.push({ event, sourceId, time, receivedAt, clockOffsetMs, context, body })
    }
  return facts
}

function startRun({ sourceId, receivedAt, clockOffsetMs, context }: Fact) {
  return { sourceId, receivedAt, clockOffsetMs, context, columns: [] as unknown[] }
}

function sharesAll(run: Omit<PackedRun, 'columns'>, fact: Fact): boolean {
  return (
    run.context === fact.context &&
    run.sourceId === fact.sourceId &&
    run.receivedAt === fact.receivedAt &&
    run.clockOffsetMs === fact.clockOffsetMs
  )
}
