import type { BatchContext, WireEvent } from '@sojourn/protocol'
import { CONTEXTS, contextOf } from './contexts.ts'
import { createHeap } from './heap.ts'
import { createRandom } from './random.ts'
import { drawVisits } from './visits.ts'
import type { Traffic } from './visits.ts'

/** What one request carries: events of the same device, in the order in which they are passed on. */
export interface DrawnBatch {
  readonly context: BatchContext
  readonly events: readonly WireEvent[]
  /** How many of the events are sent for the first time. */
  readonly fresh: number
}

/** The traffic of `drawVisits`, as requests. */
export interface Senders {
  /** The next batch, of exactly `size` events. */
  next(size: number): DrawnBatch
}

interface Sent {
  readonly event: WireEvent
  readonly fresh: boolean
}

/** A late event arrives this long after it happened, in ms of the visits' time. */
const LEAST_LATE_MS = 3_600_000
const MOST_LATE_MS = 6 * LEAST_LATE_MS
/** A retried event comes again after this many others. */
const RETRY_AFTER = 2_000

/**
 * Passes the events of `drawVisits` on as a first-party proxy would: many visitors in one batch, in the order of arrival, late events hours
 * later, retried ones twice. The same seed gives the same batches for the same sizes.
 */
export function createSenders(seed: number, traffic: Traffic): Senders {
  const random = createRandom(seed ^ 0x5bd1e995)
  const visits = drawVisits(createRandom(seed), traffic)
  const late = createHeap<{ readonly event: WireEvent; readonly dueAt: number }>((item) => item.dueAt)
  const retries: { readonly event: WireEvent; readonly dueAt: number }[] = []
  const lanes: Sent[][] = CONTEXTS.map(() => [])
  let drawn = 0

  /** Draws one event, and passes on what is due. Returns the lane that grew last. */
  function advance(): number {
    const item = visits.next().value
    const now = item.event.time
    drawn++
    if (item.retry && !item.late) retries.push({ event: item.event, dueAt: drawn + RETRY_AFTER })
    if (retries.length > 0 && retries[0]!.dueAt <= drawn) put(retries.shift()!.event, false)
    if (item.late)
      late.push({ event: item.event, dueAt: now + LEAST_LATE_MS + random() * (MOST_LATE_MS - LEAST_LATE_MS) })
    const first = late.pop()
    if (first !== undefined && first.dueAt > now) late.push(first)
    else if (first !== undefined) put(first.event, true)
    return item.late ? 0 : put(item.event, true)
  }

  function put(event: WireEvent, fresh: boolean): number {
    const lane = contextOf(event.visitorId!)
    lanes[lane]!.push({ event, fresh })
    return lane
  }

  return {
    next(size) {
      let lane = lanes.findIndex((waiting) => waiting.length >= size)
      while (lane < 0) {
        const grown = advance()
        if (lanes[grown]!.length >= size) lane = grown
      }
      const sent = lanes[lane]!.splice(0, size)
      return {
        context: CONTEXTS[lane]!,
        events: sent.map(({ event }) => event),
        fresh: sent.filter(({ fresh }) => fresh).length,
      }
    },
  }
}
