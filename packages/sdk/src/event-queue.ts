import { MAX_BATCH_EVENTS, MAX_EVENT_BYTES } from '@sojourn/protocol'
import type { PrivacySignals } from '@sojourn/protocol'
import { attempt } from './attempt.ts'
import type { Config } from './options.ts'
import type { Seams } from './part.ts'
import { SDK_VERSION } from './sdk-version.ts'
import type { TextStorage } from './storage.ts'

/** How the keys of all stored events begin. */
export const QUEUE_PREFIX = 'sj_q.'
/** A page that lives sends its events sooner, in ms; older ones were left behind. Taken in error, one is sent twice and kept once. */
const LEFT_BEHIND_MS = 3_000
/** What is older is dropped, in ms: 30 days. */
const MAX_AGE_MS = 2_592_000_000
/** What requests that may outlive the page can hold together: 64 KiB (Fetch standard, section 4.6), less our context. In bytes. */
const KEEPALIVE_BYTES = 60_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 300_000

/** One recorded event that the collector has not acknowledged. */
interface QueuedEvent {
  readonly _key: string
  /** Its JSON, made once. */
  readonly _text: string
  readonly _bytes: number
  _isStored?: unknown
  _isSending?: unknown
}

/**
 * The events that wait to be sent, and what brings them to the collector: in memory, and each under a key of its own in the storage
 * for whoever comes after. The key says when it was stored there.
 */
export const createEventQueue = (
  config: Config,
  storage: TextStorage,
  nodes: string,
  privacy: PrivacySignals | undefined,
  isGranted: () => unknown,
  answered: () => void,
  seams: Seams,
) => {
  const prefix = `${QUEUE_PREFIX}${config.writeKey}.`
  let events: QueuedEvent[] = []
  /** How many events were lost, for want of room or because they were refused, and the collector does not know of it. */
  let lost = 0
  let mostEvents = MAX_BATCH_EVENTS
  let failures = 0
  /** 1 until the next attempt is due; where the collector itself asked for the wait, what it said. */
  let blocked: string | number = 0
  let count = 0
  let bytes = 0
  let isSaving: unknown
  let timer: ReturnType<typeof setTimeout> | 0 | undefined
  let later: typeof timer
  let running: Promise<unknown> | undefined

  const remove = (gone: readonly QueuedEvent[]): void => {
    events = events.filter((event) => !gone.includes(event))
    for (const event of gone) {
      bytes -= event._bytes
      delete storage[event._key]
    }
  }

  const lose = (): unknown => void lost++

  /** Stores what is not stored yet: in a task of its own, so that a loop of events does not wait for it. */
  const save = (): void => {
    isSaving = 0
    for (const event of events) event._isStored ||= attempt(() => (storage[event._key] = event._text))
  }

  /** Adds an event; the oldest make room. Returns whether it was taken: one larger than 32 KiB is lost. */
  const add = (text: string): unknown => {
    const _bytes = new TextEncoder().encode(text).length
    if (_bytes > MAX_EVENT_BYTES) return lose()
    bytes += _bytes
    events.push({ _key: `${prefix}${Date.now()}${nodes}${count++}`, _text: text, _bytes })
    while (events.length > config.maxStoredEvents || bytes > config.maxStoredBytes) {
      lose()
      remove([events[0]!])
    }
    isSaving ||= setTimeout(save)
    return 1
  }

  /** The next batch that may leave now; empty without one. */
  const take = (): QueuedEvent[] => {
    let room = blocked ? 0 : KEEPALIVE_BYTES
    // What is not in the storage any more, another page has sent.
    remove(events.filter(({ _key, _isStored, _isSending }) => _isStored && !_isSending && !storage[_key]))
    return events
      .filter(({ _isSending, _bytes }) => !_isSending || ((room -= _bytes), 0))
      .slice(0, mostEvents)
      .filter(({ _bytes }) => (room -= _bytes) > 0)
  }

  /** Hands a batch over and does what the answer says. Never rejects. */
  const post = async (batch: readonly QueuedEvent[], isLeaving?: boolean): Promise<void> => {
    const dropped = lost
    const head = JSON.stringify({
      writeKey: config.writeKey,
      sentAt: Date.now(),
      context: attempt(() => ({
        ...seams._context?.(config),
        sdk: { name: 'sojourn', version: SDK_VERSION, timeoutMs: config.timeout },
        privacy,
        dropped,
      })),
    })
    const url = `${config.endpoint}/v1/events`
    const body = `${head.slice(0, -1)},"events":[${batch.map((event) => ((event._isSending = 1), event._text))}]}`
    if (isLeaving) seams._leave?.(url, body)
    const { ok, status, headers } = await fetch(url, {
      method: 'POST',
      body,
      // Other code on the page may have used up what is allowed.
      keepalive: isLeaving || !failures,
      credentials: seams._credentials?.(config) || 'omit',
    }).catch((): Partial<Response> => ({}))
    answered()
    for (const event of batch) event._isSending = 0
    const isRefused = /400|413/.test(status as unknown as string)
    if (ok || (isRefused && !batch[1])) {
      failures = 0
      remove(batch)
      if (ok) lost -= dropped
      else {
        lose()
        mostEvents = MAX_BATCH_EVENTS
      }
    } else if (isRefused) mostEvents = batch.length >> 1
    else if (/401|403/.test(status as unknown as string)) {
      mostEvents = 0
      console.error('Sojourn: key or origin refused')
    } else {
      const asked = headers?.get('retry-after')
      blocked = asked || 1
      wait(
        (asked as unknown as number) * 1_000 ||
          Date.parse(asked!) - Date.now() ||
          Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS) * (0.5 + Math.random() / 2),
      )
      failures++
    }
  }

  const wait = (ms: number): void => {
    clearTimeout(timer as number)
    timer = setTimeout(() => {
      timer = blocked = 0
      void send()
    }, ms)
  }

  /** Sends one batch after the other, or all that fits at once. */
  const drain = async (isLeaving?: boolean): Promise<unknown> => {
    if (!isGranted()) return
    let areYoung
    // Takes over what other pages have left.
    for (const key of Object.keys(storage))
      if (key.startsWith(prefix) && !key.includes(nodes)) {
        const text = storage[key]!
        if (Math.abs(Date.now() - parseInt(key.slice(prefix.length))) < LEFT_BEHIND_MS) areYoung = 1
        else {
          delete storage[key]
          if (attempt(() => Math.abs(Date.now() - JSON.parse(text).time) < MAX_AGE_MS)) add(text)
        }
      }
    save()
    for (let batch; (batch = take())[0];) {
      const sent = post(batch, isLeaving)
      if (!isLeaving) await sent
    }
    if (areYoung)
      later ||= setTimeout(() => {
        later = 0
        void send()
      }, LEFT_BEHIND_MS)
  }

  /** Resolves when nothing more can be sent now; never rejects. */
  const send = (): Promise<unknown> => (running ??= drain().finally(() => (running = undefined)))

  /** Sends when a batch is full, or due. */
  const sendSoon = (): void => {
    const isFull = !(events.length % config.batchSize)
    if (!blocked && (isFull || !timer)) wait(isFull ? 0 : config.batchDelay)
  }

  /** Sends without waiting for the next attempt, unless the collector itself asked for that wait. */
  const retry = (): void => {
    if (blocked === 1) blocked = 0
    void send()
  }

  const clear = (): void => remove(events)

  return [add, send, drain, sendSoon, retry, clear, lose] as const
}
