import { MAX_EVENT_BYTES } from '@sojourn/protocol'
import { attempt } from './attempt.ts'
import type { Environment } from './environment.ts'
import type { Config } from './options.ts'
import { timeOf } from './random-id.ts'

/** How the keys of all stored events begin. */
export const STORE_PREFIX = 'sj_q.'
/** A page that lives sends its events sooner, in ms; older ones were left behind. Taken in error, one is sent twice and kept once. */
export const LEFT_BEHIND_MS = 3_000
/** The same where there are no locks, and so no turns. */
const LEFT_BEHIND_WITHOUT_LOCKS_MS = 60_000
/** What is older is dropped, in ms: 30 days. */
const MAX_AGE_MS = 2_592_000_000

/** One recorded event that the collector has not acknowledged. */
export interface StoredEvent {
  readonly key: string
  /** Its JSON, made once. */
  text: string
  readonly bytes: number
  isStored?: boolean | undefined
  isSending?: boolean
}

/** The events that wait to be sent: in memory, and each under a key of its own in storage for whoever comes after. */
export interface EventStore {
  /** How many events were lost, for want of room or because they were refused, and the collector does not know of it. */
  lost: number
  /** Adds an event; the oldest make room. Returns whether it was taken: one larger than 32 KiB is lost. */
  add(id: string, text: string): boolean
  /** The events of this page that are not on their way, oldest first, without those that another page has sent. */
  waiting(): StoredEvent[]
  remove(events: readonly StoredEvent[]): void
  /** Corrects an id in all events that wait, and in those to come. */
  replace(from: string, to: string): void
  /** Keys of other pages' events: those that they may still send themselves, and those that were left behind. */
  others(): { readonly young: readonly string[]; readonly left: readonly string[] }
  /** Takes over what was left behind. */
  adopt(): void
  /** Stores now what would be stored at the end of the task. */
  save(): void
  clear(): void
}

/** The events under keys of this prefix, which are followed by the event's id. Bounded by `maxStoredEvents` and `maxStoredBytes`. */
export function createEventStore(
  { now, locks, load, save, keys }: Environment,
  prefix: string,
  { maxStoredEvents, maxStoredBytes }: Config,
): EventStore {
  const encoder = new TextEncoder()
  const corrections: (readonly [string, string])[] = []
  let events: StoredEvent[] = []
  let bytes = 0
  let isDue = false

  function saveSoon(): void {
    if (!isDue) queueMicrotask(store.save)
    isDue = true
  }

  /** The event, unless it is too large. */
  function eventOf(key: string, text: string, isStored?: boolean): StoredEvent | undefined {
    const size = encoder.encode(text).length
    if (size > MAX_EVENT_BYTES) store.lost++
    else {
      bytes += size
      return { key, text, bytes: size, isStored }
    }
    return undefined
  }

  function makeRoom(): void {
    while (events.length > maxStoredEvents || bytes > maxStoredBytes) {
      store.lost++
      drop(events.shift()!)
    }
  }

  function drop(event: StoredEvent): void {
    bytes -= event.bytes
    if (event.isStored) save(event.key)
  }

  /** How long ago an event happened, whatever was done to the clock since. In ms. */
  const ageOf = (key: string) => Math.abs(now() - timeOf(key.slice(prefix.length)))

  const store: EventStore = {
    lost: 0,
    add(id, text) {
      for (const pair of corrections) text = text.replaceAll(...pair)
      const event = eventOf(prefix + id, text)
      if (event) events.push(event)
      makeRoom()
      saveSoon()
      return !!event
    },
    waiting() {
      store.remove(events.filter((event) => event.isStored && !event.isSending && !load(event.key)))
      return events.filter((event) => !event.isSending)
    },
    remove(gone) {
      if (gone[0]) events = events.filter((event) => !gone.includes(event))
      gone.forEach(drop)
    },
    replace(...pair) {
      corrections.push(pair)
      for (const event of events) {
        event.text = event.text.replaceAll(...pair)
        event.isStored = false
      }
      saveSoon()
    },
    others() {
      const ours = new Set(events.map((event) => event.key))
      const others = keys().filter((key) => key.startsWith(prefix) && !ours.has(key))
      const isYoung = (key: string) => ageOf(key) < (locks ? LEFT_BEHIND_MS : LEFT_BEHIND_WITHOUT_LOCKS_MS)
      return { young: others.filter(isYoung), left: others.filter((key) => !isYoung(key)).sort() }
    },
    adopt() {
      const adopted = store.others().left.flatMap((key) => {
        const text = load(key)
        const isEvent = ageOf(key) < MAX_AGE_MS && attempt(() => JSON.parse(text).id)
        const event = isEvent ? eventOf(key, text, true) : undefined
        if (!event) save(key)
        return event ?? []
      })
      events = [...adopted, ...events]
      makeRoom()
    },
    save() {
      isDue = false
      for (const event of events) event.isStored ||= save(event.key, event.text)
    },
    clear() {
      store.remove(events)
    },
  }
  return store
}
