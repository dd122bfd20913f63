import { setTimeout as sleep } from 'node:timers/promises'
import type { IngestAnswer } from '@sojourn/protocol'
import { header } from '../load/answer-reader.ts'
import { openConnection } from '../load/connection.ts'
import type { Connection } from '../load/connection.ts'
import { prepareRequest, stampSentAt } from '../load/request.ts'
import { createRandom } from '../random.ts'
import { WRITE_KEY } from '../process/collector.ts'
import type { DrawnBatch } from '../senders.ts'

/** How a witness sends. */
export interface WitnessPlan {
  readonly port: number
  /** Where its requests come from; undefined when there are no more. */
  readonly senders: { next(size: number): DrawnBatch | undefined }
  readonly seed: number
  readonly connections: number
  /** Events a request: from 1 to this many, at random. */
  readonly mostEvents: number
  /** Pause of each connection between two requests, in ms; absent: none. */
  readonly pauseMs?: number
}

/**
 * A sender that keeps what was not acknowledged and sends it again, as the SDK does, and remembers every id that was. Acknowledged means: a whole
 * answer of status 200, which does not list the event as rejected.
 */
export interface Witness {
  readonly acknowledged: ReadonlySet<string>
  readonly tally: WitnessTally
  /** Draws no more events, and resolves when all that were drawn are acknowledged. Rejects when that takes over `timeoutMs`. */
  drain(timeoutMs?: number): Promise<void>
  /** As `drain`, when there are no more events to draw. */
  done(timeoutMs: number): Promise<void>
}

/** What a witness has seen so far. Statuses beside 200 stand with how often they came; 0 is an answer that never came. */
export interface WitnessTally {
  readonly statuses: Record<number, number>
  /** 503 and 429 without `Retry-After`. */
  withoutRetryAfter: number
  rejected: number
  duplicates: number
  /** The longest wait for an answer, in ms. */
  slowestMs: number
}

/** Asks of a sender that was refused are not honoured in full: a scenario has to end. */
const LONGEST_WAIT_MS = 100
const REOPEN_AFTER_MS = 10
const DRAIN_MS = 60_000

/** Begins to send. It goes on, whatever the other side does, until `drain`. */
export function startWitness(plan: WitnessPlan): Witness {
  const random = createRandom(plan.seed)
  const acknowledged = new Set<string>()
  const again: DrawnBatch[] = []
  const tally: WitnessTally = { statuses: {}, withoutRetryAfter: 0, rejected: 0, duplicates: 0, slowestMs: 0 }
  let drawing = true
  let givenUp = false

  async function sendOn(): Promise<void> {
    let connection = openConnection(plan.port)
    while (!givenUp) {
      const batch =
        again.pop() ?? (drawing ? plan.senders.next(1 + Math.floor(random() * plan.mostEvents)) : undefined)
      if (batch === undefined) break
      if (connection.closed) {
        await sleep(REOPEN_AFTER_MS)
        connection = openConnection(plan.port)
      }
      const settled = await sendBatch(connection, batch)
      if (settled !== 'acknowledged') {
        again.push(batch)
        await sleep(Math.min(LONGEST_WAIT_MS, settled.waitMs))
      }
      if (plan.pauseMs !== undefined) await sleep(plan.pauseMs)
    }
    connection.reset()
  }

  async function sendBatch(
    connection: Connection,
    batch: DrawnBatch,
  ): Promise<'acknowledged' | { readonly waitMs: number }> {
    const request = prepareRequest(WRITE_KEY, batch.context, batch.events, batch.fresh)
    stampSentAt(request, Date.now())
    const start = performance.now()
    const answer = await new Promise<Parameters<Parameters<Connection['send']>[1]>[0]>((resolve) =>
      connection.send(request.bytes, resolve),
    )
    const status = answer?.status ?? 0
    tally.statuses[status] = (tally.statuses[status] ?? 0) + 1
    if (answer === undefined) return { waitMs: 0 }
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - start)
    if (status !== 200) {
      const retryAfter = header(answer.head, 'retry-after')
      if ((status === 503 || status === 429) && retryAfter === undefined) tally.withoutRetryAfter++
      return { waitMs: Number(retryAfter ?? 0) * 1_000 }
    }
    const body = JSON.parse(answer.body.toString()) as IngestAnswer
    const rejected = new Set(body.rejected.map(({ index }) => index))
    batch.events.forEach((event, i) => {
      if (!rejected.has(i)) acknowledged.add(event.id)
    })
    tally.rejected += rejected.size
    tally.duplicates += body.duplicates
    return 'acknowledged'
  }

  // A connection that has nothing to send may end while another one still fails: its batch is then that one's to repeat.
  const sending = Array.from({ length: plan.connections }, sendOn)
  const settle = async (timeoutMs: number): Promise<void> => {
    const timer = setTimeout(() => (givenUp = true), timeoutMs)
    await Promise.all(sending)
    clearTimeout(timer)
    if (givenUp) throw new Error(`${again.length} requests were still not acknowledged after ${timeoutMs} ms`)
  }
  return {
    acknowledged,
    tally,
    drain(timeoutMs = DRAIN_MS) {
      drawing = false
      return settle(timeoutMs)
    },
    done: settle,
  }
}
