import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { IngestAnswer } from '@sojourn/protocol'
import { openConnection } from './connection.ts'
import type { Connection } from './connection.ts'
import { header } from './answer-reader.ts'
import type { Answer } from './answer-reader.ts'
import { stampSentAt } from './request.ts'
import type { PreparedRequest } from './request.ts'
import { percentile } from './percentile.ts'

/** How requests are sent. */
export interface LoadPlan {
  readonly port: number
  readonly connections: number
  /** Requests a second, at random moments, whether answers come or not; absent: each connection sends as soon as it is answered. */
  readonly perSecond?: number
  /** What is refused is sent again at once, whatever `Retry-After` says, for so many seconds; only without `perSecond`. */
  readonly stubbornSeconds?: number
}

/** What came of them. Times of answers are in ms, from when the request was due, so that waiting for a free connection counts. */
export interface LoadResult {
  readonly seconds: number
  readonly requests: number
  /** Answers by status; `0` for those that never came. */
  readonly statuses: Readonly<Record<number, number>>
  /** Events sent for the first time. */
  readonly fresh: number
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  /** The longest answer of each status. */
  readonly slowestMs: Readonly<Record<number, number>>
  /** Refusals with 429 or 503 that did not say when to come again. */
  readonly withoutRetryAfter: number
  /** What the sending itself cost on this machine. */
  readonly clientCpuSeconds: number
  /** The longest that the sender itself was late in taking answers, in ms: they may have been there by then. */
  readonly lateMs: number
}

/** Sends all requests that `next` gives. Resolves when the last is answered or lost. */
export async function drive(plan: LoadPlan, next: () => PreparedRequest | undefined): Promise<LoadResult> {
  const connections = Array.from({ length: plan.connections }, () => openConnection(plan.port))
  const tally = createTally()
  const cpu = process.cpuUsage()
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const start = performance.now()
  if (plan.perSecond !== undefined) await sendAtRate(plan, connections, next, tally)
  else if (plan.stubbornSeconds !== undefined) await sendStubbornly(plan, connections, next, tally)
  else await sendAsAnswered(connections, next, tally)
  const seconds = (performance.now() - start) / 1_000
  const used = process.cpuUsage(cpu)
  delay.disable()
  for (const connection of connections) connection.reset()
  const clientCpuSeconds = (used.user + used.system) / 1e6
  return { ...tally.result(), seconds, clientCpuSeconds, lateMs: delay.max / 1e6 }
}

type Tally = ReturnType<typeof createTally>

function createTally() {
  const statuses: Record<number, number> = {}
  const times: number[] = []
  let fresh = 0
  let accepted = 0
  let duplicates = 0
  let rejected = 0
  let withoutRetryAfter = 0
  const slowestMs: Record<number, number> = {}
  return {
    count(request: PreparedRequest, answer: Answer | undefined, tookMs: number): void {
      const status = answer?.status ?? 0
      statuses[status] = (statuses[status] ?? 0) + 1
      slowestMs[status] = Math.max(slowestMs[status] ?? 0, tookMs)
      times.push(tookMs)
      fresh += request.fresh
      const isPutOff = status === 429 || status === 503
      if (isPutOff && header(answer!.head, 'retry-after') === undefined) withoutRetryAfter++
      if (status !== 200) return
      const body = JSON.parse(answer!.body.toString('latin1')) as IngestAnswer
      accepted += body.accepted
      duplicates += body.duplicates
      rejected += body.rejected.length
    },
    result() {
      const sorted = Float64Array.from(times).sort()
      return {
        requests: times.length,
        statuses,
        fresh,
        accepted,
        duplicates,
        rejected,
        slowestMs,
        withoutRetryAfter,
        p50Ms: percentile(sorted, 0.5),
        p99Ms: percentile(sorted, 0.99),
        maxMs: sorted.at(-1) ?? NaN,
      }
    },
  }
}

function sendAsAnswered(
  connections: readonly Connection[],
  next: () => PreparedRequest | undefined,
  tally: Tally,
): Promise<unknown> {
  return Promise.all(
    connections.map(
      (connection) =>
        new Promise<void>((resolve) => {
          const sendNext = (): void => {
            const request = connection.closed ? undefined : next()
            if (request === undefined) {
              resolve()
              return
            }
            stampSentAt(request, Date.now())
            const sentAt = performance.now()
            connection.send(request.bytes, (answer) => {
              tally.count(request, answer, performance.now() - sentAt)
              sendNext()
            })
          }
          sendNext()
        }),
    ),
  )
}

/** Each connection sends its request until it is taken, and opens anew where it was closed; when the time is over, its next answer is the last. */
function sendStubbornly(
  plan: LoadPlan,
  connections: Connection[],
  next: () => PreparedRequest | undefined,
  tally: Tally,
): Promise<unknown> {
  const until = performance.now() + plan.stubbornSeconds! * 1_000
  return Promise.all(
    connections.map(
      (_, i) =>
        new Promise<void>((resolve) => {
          const send = (request: PreparedRequest | undefined): void => {
            if (request === undefined || performance.now() > until) {
              resolve()
              return
            }
            stampSentAt(request, Date.now())
            const sentAt = performance.now()
            connections[i]!.send(request.bytes, (answer) => {
              tally.count(request, answer, performance.now() - sentAt)
              if (connections[i]!.closed) connections[i] = openConnection(plan.port)
              // Not at once in the same call: a connection that is refused as soon as it is opened would never let go.
              setImmediate(send, answer?.status === 200 ? next() : request)
            })
          }
          send(next())
        }),
    ),
  )
}

/** Requests come due at random moments, rounded up to the next whole ms (timers are no finer), and wait for a free connection in order. One that was closed is opened anew. */
function sendAtRate(
  plan: LoadPlan,
  connections: Connection[],
  next: () => PreparedRequest | undefined,
  tally: Tally,
): Promise<void> {
  return new Promise((resolve) => {
    const free = [...connections]
    const waiting: { readonly request: PreparedRequest; readonly dueAt: number }[] = []
    let dueAt = performance.now()
    let upcoming = next()
    let open = 0

    const send = (): void => {
      while (waiting.length > 0 && free.length > 0) {
        const item = waiting.shift()!
        const idle = free.shift()!
        const connection = idle.closed ? openConnection(plan.port) : idle
        if (connection !== idle) connections.push(connection)
        stampSentAt(item.request, Date.now())
        connection.send(item.request.bytes, (answer) => {
          open--
          tally.count(item.request, answer, performance.now() - item.dueAt)
          free.push(connection)
          send()
          if (open === 0 && upcoming === undefined) resolve()
        })
      }
    }
    const tick = (): void => {
      const now = performance.now()
      while (upcoming !== undefined && dueAt <= now) {
        waiting.push({ request: upcoming, dueAt: Math.ceil(dueAt) })
        open++
        upcoming = next()
        dueAt += (-Math.log(1 - Math.random()) * 1_000) / plan.perSecond!
      }
      send()
      if (upcoming !== undefined) setTimeout(tick, 1)
    }
    tick()
  })
}
