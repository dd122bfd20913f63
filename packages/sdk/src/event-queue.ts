import { MAX_EVENT_BYTES } from '@sojourn/protocol'
import type { Environment } from './environment.ts'
import type { Config } from './options.ts'

/** One recorded event. */
export interface QueuedEvent {
  /** Its JSON, made once. */
  text: string
  readonly bytes: number
  /** It is on its way. */
  sending?: boolean
}

/** The events of this tab that the collector has not acknowledged: in memory, and in storage for whoever comes after. */
export interface EventQueue {
  /** Oldest first. */
  events: QueuedEvent[]
  /** How many events were lost, for want of room or because they were refused, and the collector does not know of it. */
  lost: number
  /** Adds the JSON of an event; the oldest make room. Returns whether it was taken: one larger than 32 KiB is lost. */
  add(text: string): boolean
  remove(events: readonly QueuedEvent[]): void
  /** Corrects an id in all events that wait, and in those to come. */
  replace(from: string, to: string): void
  /** Stores now what would be stored at the end of the task. */
  store(): void
  /** Reads the queue from storage again, of which another tab may have taken it over. */
  reload(): void
}

/**
 * The queue that is stored under `key`: a line with the time, then one line per event, which JSON keeps free of line breaks.
 * Bounded by `maxStoredEvents` and `maxStoredBytes`. Where storage is full or refused, memory still has the events.
 */
export function createEventQueue(
  { now, load, save }: Environment,
  key: string,
  { maxStoredEvents, maxStoredBytes }: Config,
): EventQueue {
  const encoder = new TextEncoder()
  const corrections: (readonly [string, string])[] = []
  let bytes = 0
  let storing = false

  function storeSoon(): void {
    if (!storing) queueMicrotask(queue.store)
    storing = true
  }

  const queue: EventQueue = {
    events: [],
    lost: 0,
    add(text) {
      for (const pair of corrections) text = text.replaceAll(...pair)
      const size = encoder.encode(text).length
      if (size > MAX_EVENT_BYTES) {
        queue.lost++
        return false
      }
      queue.events.push({ text, bytes: size })
      bytes += size
      while (queue.events.length > maxStoredEvents || bytes > maxStoredBytes) {
        bytes -= queue.events.shift()!.bytes
        queue.lost++
      }
      storeSoon()
      return true
    },
    remove(gone) {
      const texts = gone.map((event) => event.text)
      queue.events = queue.events.filter((event) => !texts.includes(event.text))
      bytes = queue.events.reduce((sum, event) => sum + event.bytes, 0)
      storeSoon()
    },
    replace(...pair) {
      corrections.push(pair)
      for (const event of queue.events) event.text = event.text.replaceAll(...pair)
      storeSoon()
    },
    store() {
      storing = false
      const lines = queue.events.map((event) => event.text)
      save(key, lines[0] && [now(), ...lines].join('\n'))
    },
    reload() {
      const lines = load(key).split('\n').slice(1)
      queue.remove(queue.events)
      lines.forEach(queue.add)
    },
  }
  return queue
}
