import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { BadCursor } from '../store/store.ts'
import type { EventFilters } from '../store/queries.ts'
import type { EventTail, Store } from '../store/store.ts'
import { STREAM_LIMITS, openEventStream } from './event-stream.ts'
import type { StreamLimits, StreamMessage } from './event-stream.ts'
import { createSignal } from './signal.ts'

/** Streams of what has just been stored. */
export interface LiveDesk {
  /** To be called when a commit is durable. */
  committed(): void
  /** How many follow; no more than `MAX_STREAMS` should. */
  readonly streams: number
  /**
   * Answers with a stream: first what was stored after `after`, as far as that is recent, then what is stored from now on, until the reader leaves.
   * Resolves then. Rejects with what the store rejects with.
   */
  follow(res: ServerResponse, wish: LiveWish): Promise<void>
  /** Ends all streams; their readers may connect again. */
  endStreams(): void
}

/** What a reader wants to be told. */
export interface LiveWish {
  readonly filters: EventFilters
  /** What the reader's `Last-Event-ID` says; without one, or with one that nobody gave it, it begins with what is stored next. */
  readonly after: string | undefined
  /** What is sent for some of the tail's events, in their order. */
  readonly tell: (rows: EventTail['rows']) => Promise<readonly StreamMessage[]>
  /** Rest after each look at the store, in which more may gather, in ms. */
  readonly restMs: number
}

/** Most streams at once. */
export const MAX_STREAMS = 50
/** A reader that was away goes on with the last of this many events, as one that cannot keep up does. */
export const MOST_BEHIND = 1_000
/** Events that are read in one go: with the largest of events, this is what one reader can cost in memory. */
const PAGE_EVENTS = 50
/** Another process, such as an import, gives no signal when it stores something. */
const LOOK_MS = 2_000

/** A desk over a store. It reads nothing while nobody follows. */
export function createLiveDesk(
  store: Pick<Store, 'eventTail'>,
  limits: StreamLimits = STREAM_LIMITS,
): LiveDesk {
  const signal = createSignal()
  const open = new Set<() => void>()
  let following = 0

  async function begin({ filters, after }: LiveWish): Promise<EventTail> {
    const page = { ...filters, mostBehind: MOST_BEHIND, limit: PAGE_EVENTS }
    try {
      return await store.eventTail(after === undefined ? page : { ...page, after })
    } catch (error) {
      if (error instanceof BadCursor) return store.eventTail(page)
      throw error
    }
  }

  async function stream(res: ServerResponse, wish: LiveWish): Promise<void> {
    let seen = signal.count
    let tail = await begin(wish)
    const { ended, send, close } = openEventStream(res, limits)
    open.add(close)
    try {
      while (!ended.aborted) {
        if (tail.hasSkipped) await send({ id: tail.place, event: 'gap', data: {} })
        for (const message of await wish.tell(tail.rows)) await send(message)
        if (tail.rows.length < PAGE_EVENTS) {
          await sleep(wish.restMs)
          await signal.after(seen, LOOK_MS, ended)
        }
        if (ended.aborted) break
        seen = signal.count
        tail = await store.eventTail({
          ...wish.filters,
          after: tail.place,
          mostBehind: MOST_BEHIND,
          limit: PAGE_EVENTS,
        })
      }
    } finally {
      open.delete(close)
      close()
    }
  }

  return {
    committed: () => signal.give(),
    get streams() {
      return following
    },
    async follow(res, wish) {
      following++
      try {
        await stream(res, wish)
      } finally {
        following--
      }
    },
    endStreams() {
      for (const close of open) close()
    },
  }
}
