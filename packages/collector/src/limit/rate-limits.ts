import type { IncomingMessage } from 'node:http'
import { MAX_BATCH_EVENTS } from '@sojourn/protocol'
import type { EpochMs } from '@sojourn/protocol'
import type { Problem } from '../problem.ts'
import { createTokenBuckets } from './token-buckets.ts'
import type { TokenBuckets } from './token-buckets.ts'

/** Events a second that are taken over a while, or `false` for as many as come. */
export type EventRate = number | false

/** How much may come from one client and for one source. Each problem is a 429 that says when to come again. */
export interface RateLimits {
  /** Takes a request of a client, before anything of it is read. */
  client(req: IncomingMessage): Problem | undefined
  /** Counts the events that a client's request turned out to hold, but for the first. */
  countEvents(req: IncomingMessage, events: number): void
  /** Takes events for a source; at least one. */
  source(sourceId: string, events: number): Problem | undefined
}

/** What the limits are made of. */
export interface RateRules {
  readonly clientRate: EventRate
  readonly sourceRate: EventRate
  readonly clientKey: (req: IncomingMessage) => string | undefined
  readonly clock: () => EpochMs
}

/** The limits where nobody sets others: far above what people do, and below what one sender needs to keep a small machine busy. */
export const DEFAULT_CLIENT_RATE = 200
export const DEFAULT_SOURCE_RATE = 20_000

/** A limit holds over this many seconds, so that a page that opens, or a queue that was kept, comes through at once. */
const BURST_SECONDS = 10

/** Limits that have not been touched yet. */
export function createRateLimits({ clientRate, sourceRate, clientKey, clock }: RateRules): RateLimits {
  const clients = bucketsFor(clientRate, clock)
  const sources = bucketsFor(sourceRate, clock)
  return {
    client(req) {
      const key = clientKey(req)
      return key === undefined ? undefined : refusal(clients, key, 1, 'from this address')
    },
    countEvents(req, events) {
      const key = clientKey(req)
      if (key !== undefined && events > 1) clients?.charge(key, events - 1)
    },
    source: (sourceId, events) => refusal(sources, sourceId, Math.max(events, 1), 'for this source'),
  }
}

/** A refusal that says after how many whole seconds to come again. */
export function tooMany(what: string, waitMs: number): Problem {
  const seconds = Math.max(Math.ceil(waitMs / 1_000), 1)
  return {
    kind: 'too_many',
    detail: `${what} Nothing of the request was stored: send it again after ${seconds} s.`,
    headers: { 'Retry-After': String(seconds) },
  }
}

function bucketsFor(rate: EventRate, clock: () => EpochMs): TokenBuckets | undefined {
  if (rate === false) return undefined
  return createTokenBuckets(
    { perSecond: rate, burst: rate * BURST_SECONDS, maxCost: MAX_BATCH_EVENTS },
    clock,
  )
}

function refusal(
  buckets: TokenBuckets | undefined,
  key: string,
  cost: number,
  where: string,
): Problem | undefined {
  const waitMs = buckets?.take(key, cost) ?? 0
  return waitMs > 0 ? tooMany(`More events come ${where} than are taken.`, waitMs) : undefined
}
