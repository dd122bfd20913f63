import type { WireEvent } from '@sojourn/protocol'
import { createRandom } from '../random.ts'
import { drawVisits } from '../visits.ts'
import type { Traffic } from '../visits.ts'
import { readEventIds } from './read-all.ts'
import { compareWithReference } from './reference.ts'

/** The count that every scenario with a witness ends with. */
export interface FinalCount {
  readonly acknowledged: number
  /** Acknowledged, and not in the store. */
  readonly lost: number
  /** In the store twice. */
  readonly doubled: number
  /** In the store, and never acknowledged, though every sender kept on until it was. */
  readonly unknown: number
  readonly sessions: number
  /** Not equal to the fold of the acknowledged events from scratch. */
  readonly differentSessions: number
}

/** What is counted. */
export interface Counted {
  readonly port: number
  readonly folder: string
  readonly acknowledged: ReadonlySet<string>
  /** Events among which the acknowledged ones are. */
  readonly events: Iterable<WireEvent>
  /** As in `Story`. */
  readonly prologue?: readonly WireEvent[]
}

/** Compares what a collector has stored with what it has acknowledged. It must be running and at rest. */
export async function countUp(counted: Counted): Promise<{ count: FinalCount; failures: readonly string[] }> {
  const { lost, doubled, unknown } = compareIds(counted.acknowledged, await readEventIds(counted.port))
  const told = await compareWithReference(counted.port, counted.folder, {
    events: pick(counted.events, counted.acknowledged),
    prologue: counted.prologue ?? [],
  })
  const failures = [
    ...(lost.length > 0 ? [`${lost.length} acknowledged events are lost, such as ${lost[0]}`] : []),
    ...(doubled.length > 0 ? [`${doubled.length} events are stored twice, such as ${doubled[0]}`] : []),
    ...(unknown.length > 0
      ? [`${unknown.length} events are stored that nobody sent, such as ${unknown[0]}`]
      : []),
    ...(told.different > 0 ? [`${told.different} sessions differ, such as\n      ${told.example}`] : []),
  ]
  return {
    count: {
      acknowledged: counted.acknowledged.size,
      lost: lost.length,
      doubled: doubled.length,
      unknown: unknown.length,
      sessions: told.sessions,
      differentSessions: told.different,
    },
    failures,
  }
}

/** Which ids are missing from the list, stand in it twice, or have no business there. */
export function compareIds(
  acknowledged: ReadonlySet<string>,
  listed: readonly string[],
): { readonly lost: string[]; readonly doubled: string[]; readonly unknown: string[] } {
  const seen = new Set<string>()
  const doubled: string[] = []
  for (const id of listed) {
    if (seen.has(id)) doubled.push(id)
    seen.add(id)
  }
  return {
    lost: [...acknowledged].filter((id) => !seen.has(id)),
    doubled,
    unknown: [...seen].filter((id) => !acknowledged.has(id)),
  }
}

/** The events that `createSenders` draws from, without end, each once and in the order of time. */
export function* redraw(seed: number, traffic: Traffic): Generator<WireEvent, never> {
  const visits = drawVisits(createRandom(seed), traffic)
  for (;;) yield visits.next().value.event
}

function pick(events: Iterable<WireEvent>, ids: ReadonlySet<string>): readonly WireEvent[] {
  const picked: WireEvent[] = []
  for (const event of events) {
    if (ids.has(event.id)) picked.push(event)
    if (picked.length === ids.size) break
  }
  return picked
}
