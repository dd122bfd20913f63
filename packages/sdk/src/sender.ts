import { MAX_BATCH_EVENTS } from '@sojourn/protocol'
import { deviceContext } from './device-context.ts'
import type { Environment } from './environment.ts'
import { LEFT_BEHIND_MS } from './event-store.ts'
import type { EventStore, StoredEvent } from './event-store.ts'
import type { Config } from './options.ts'
import { attempt } from './attempt.ts'

/** What requests that may outlive the page can hold together: 64 KiB (Fetch standard, section 4.6), less our context. In bytes. */
const KEEPALIVE_BYTES = 60_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 300_000

/** Brings what is stored to the collector. */
export interface Sender {
  /** Sends one batch after the other. Resolves when nothing more can be sent now; never rejects. */
  send(): Promise<void>
  /** Sends at once what fits: the page may be gone in a moment. */
  sendAll(): void
  /** Sends when the batch is full, or due. */
  sendSoon(): void
  /** Sends without waiting for the next attempt, unless the collector itself asked for that wait. */
  retry(): void
  stop(): void
}

/**
 * A sender of what is in this store, which waits for `ready` before it takes from it. One page at a time, under this lock, takes
 * over what others have left.
 */
export function createSender(
  env: Environment,
  store: EventStore,
  {
    config,
    lock,
    ready,
  }: { readonly config: Config; readonly lock: string; readonly ready: () => Promise<void> },
): Sender {
  const url = new URL(`${config.endpoint}/v1/events`, location.href).href
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let bytesOnTheWay = 0
  let mostEvents = MAX_BATCH_EVENTS
  let failures = 0
  let retryAt = 0
  let askedUntil = 0
  let stopped = false
  let recorded = 0

  const waitMs = () => Math.max(retryAt, askedUntil) - env.now()

  /** The next batch that may leave now; undefined without one. */
  function take(): StoredEvent[] | undefined {
    let room = KEEPALIVE_BYTES - bytesOnTheWay
    const idle = store.waiting().slice(0, mostEvents)
    const fitting = idle.findIndex((event) => (room -= event.bytes) < 0)
    const batch = fitting < 0 ? idle : idle.slice(0, fitting)
    return !stopped && waitMs() <= 0 && batch[0] ? batch : undefined
  }

  function onItsWay(batch: readonly StoredEvent[], sending: boolean): void {
    for (const event of batch) {
      event.isSending = sending
      bytesOnTheWay += sending ? event.bytes : -event.bytes
    }
  }

  /** Hands a batch over and does what the answer says. Never rejects. */
  async function post(batch: readonly StoredEvent[], leaving?: boolean): Promise<void> {
    const { lost } = store
    const { writeKey, cookieRenewal } = config
    const context = attempt(() => deviceContext(config, lost))
    const head = JSON.stringify({ writeKey, sentAt: env.now(), context })
    const body = `${head.slice(0, -1)},"events":[${batch.map((event) => event.text)}]}`
    onItsWay(batch, true)
    // Firefox before 133. What became of it is not told, so it stays stored; sent again, the collector knows it.
    if (leaving && !('keepalive' in Request.prototype)) {
      navigator.sendBeacon(url, body)
      setTimeout(() => {
        onItsWay(batch, false)
        wait(config.batchDelay)
      })
      return
    }
    const response = await env
      .fetch(url, {
        method: 'POST',
        body,
        // Other code on the page may have used up what is allowed.
        keepalive: leaving || !failures,
        credentials: cookieRenewal ? 'include' : 'omit',
      })
      .catch(() => undefined)
    onItsWay(batch, false)
    const { ok, status, headers } = response ?? {}
    const isRefused = status === 400 || status === 413
    if (ok || (isRefused && !batch[1])) {
      store.lost += isRefused ? 1 : -lost
      failures = 0
      if (isRefused) mostEvents = MAX_BATCH_EVENTS
      store.remove(batch)
    } else if (isRefused) mostEvents = batch.length >> 1
    else if (status === 401 || status === 403) {
      stopped = true
      console.error(`Sojourn: the collector refuses this write key or origin (${status})`)
    } else {
      const asked = headers?.get('retry-after')
      retryAt =
        env.now() + Math.min(FIRST_RETRY_MS * 2 ** failures++, LONGEST_RETRY_MS) * (0.5 + Math.random() / 2)
      if (asked) askedUntil = +asked >= 0 ? env.now() + +asked * 1_000 : Date.parse(asked)
      wait(waitMs())
    }
  }

  function wait(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // It is time, whatever was done to the clock meanwhile.
      timer = undefined
      retryAt = askedUntil = 0
      void send()
    }, ms)
  }

  async function drain(): Promise<void> {
    let batch
    while ((await ready(), (batch = take()))) await post(batch)
  }

  async function run(): Promise<void> {
    await ready()
    const adopt = () => (store.adopt(), drain())
    // A page that holds a lock cannot be kept in the back/forward cache, so it is taken only where there is something to do.
    if (store.others().left[0])
      await (env.locks?.request(lock, { ifAvailable: true }, (granted) => granted && adopt()) ?? adopt())
    await drain()
    if (store.others().young[0] && !timer) wait(LEFT_BEHIND_MS)
  }

  const send = () =>
    (running ??= run()
      .catch(() => {})
      .finally(() => (running = undefined)))

  return {
    send,
    sendAll() {
      let batch
      while ((batch = take())) void post(batch, true)
    },
    sendSoon() {
      if (!timer) wait(config.batchDelay)
      if (++recorded % config.batchSize === 0) void send()
    },
    retry() {
      retryAt = 0
      void send()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
