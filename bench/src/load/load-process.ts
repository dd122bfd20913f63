// A process of its own that draws, prepares and sends requests, so that the one that measures and the one that is measured are left alone.
import { createSenders } from '../senders.ts'
import type { Traffic } from '../visits.ts'
import { drive } from './drive.ts'
import type { LoadPlan, LoadResult } from './drive.ts'
import { prepareRequest } from './request.ts'
import type { PreparedRequest } from './request.ts'

/** What `startLoad` asks of this process; it answers each with a `LoadAnswer`, in order. */
export type LoadOrder =
  | { readonly kind: 'begin'; readonly seed: number; readonly traffic: Traffic; readonly writeKey: string }
  /** Draws requests and keeps them for the next 'drive'. */
  | { readonly kind: 'prepare'; readonly requests: number; readonly batchEvents: number }
  /** Sends what was prepared. */
  | { readonly kind: 'drive'; readonly plan: LoadPlan }
  /** Draws and sends at the same time: for more events than fit in memory. */
  | {
      readonly kind: 'pour'
      readonly plan: LoadPlan
      readonly requests: number
      readonly batchEvents: number
    }

/** A result of 'drive' and 'pour'; `error` where something threw. */
export interface LoadAnswer {
  readonly result?: LoadResult
  readonly error?: string
}

let draw: (batchEvents: number) => PreparedRequest = () => {
  throw new Error('the first order must be begin')
}
let prepared: PreparedRequest[] = []

async function carryOut(order: LoadOrder): Promise<LoadAnswer> {
  switch (order.kind) {
    case 'begin': {
      const senders = createSenders(order.seed, order.traffic)
      draw = (batchEvents) => {
        const batch = senders.next(batchEvents)
        return prepareRequest(order.writeKey, batch.context, batch.events, batch.fresh)
      }
      return {}
    }
    case 'prepare':
      prepared = Array.from({ length: order.requests }, () => draw(order.batchEvents))
      return {}
    case 'drive': {
      const requests = prepared.values()
      prepared = []
      return { result: await drive(order.plan, () => requests.next().value) }
    }
    case 'pour': {
      let left = order.requests
      return { result: await drive(order.plan, () => (left-- > 0 ? draw(order.batchEvents) : undefined)) }
    }
  }
}

process.on('message', (order: LoadOrder) => {
  void carryOut(order)
    .catch((error: unknown) => ({
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }))
    .then((answer) => process.send!(answer))
})
// The parent is gone: nothing is left to do.
process.on('disconnect', () => process.exit())
