import type { ServerResponse } from 'node:http'

/** One reader of server-sent events (WHATWG HTML, section 9.2). */
export interface EventStream {
  /** Aborted when the reader is gone or `close` was called. */
  readonly ended: AbortSignal
  /** Sends a message with an id to go on after. Resolves when there is room for the next one, or the stream has ended. */
  send(message: StreamMessage): Promise<void>
  close(): void
}

export interface StreamMessage {
  /** What the reader gives back as `Last-Event-ID`. */
  readonly id: string
  /** The name of the event; absent: `message`. */
  readonly event?: string
  readonly data: unknown
}

/** What a stream is held to, in ms. */
export interface StreamLimits {
  /** Something is sent at least this often, so that proxies keep the connection and readers notice its end. */
  readonly heartbeatMs: number
  /** A reader that takes nothing for this long is dropped: what it has not read is kept nowhere. */
  readonly stallMs: number
  /** A stream ends after this long. Readers connect again by themselves, and have to show again that they may. */
  readonly maxMs: number
}

export const STREAM_LIMITS: StreamLimits = { heartbeatMs: 15_000, stallMs: 20_000, maxMs: 60 * 60_000 }

/** How long a reader waits before it connects again, in ms. */
const RETRY_MS = 2_000

/** Begins to answer with a stream. */
export function openEventStream(res: ServerResponse, limits: StreamLimits = STREAM_LIMITS): EventStream {
  const ended = new AbortController()
  const close = () => {
    if (ended.signal.aborted) return
    clearInterval(heartbeat)
    clearTimeout(end)
    ended.abort()
    res.end()
  }
  const heartbeat = setInterval(() => {
    if (res.writableLength === 0) res.write(':\n\n')
  }, limits.heartbeatMs)
  const end = setTimeout(close, limits.maxMs)
  res.on('close', close)
  res.on('error', close)
  // The reader may have left while the store was asked, and is not told of twice.
  if (res.destroyed) close()
  else begin(res)

  return {
    ended: ended.signal,
    close,
    async send({ id, event, data }) {
      if (ended.signal.aborted) return
      // JSON holds no line breaks, so the data is one line.
      const name = event === undefined ? '' : `event: ${event}\n`
      if (res.write(`id: ${id}\n${name}data: ${JSON.stringify(data)}\n\n`)) return
      if (await isStalled(res, limits.stallMs, ended.signal)) res.destroy()
    },
  }
}

function begin(res: ServerResponse): void {
  res.statusCode = 200
  res.setHeader('Content-Type', 'text/event-stream')
  // nginx would otherwise gather messages before it passes them on.
  res.setHeader('X-Accel-Buffering', 'no')
  res.write(`retry: ${RETRY_MS}\n\n`)
}

function isStalled(res: ServerResponse, stallMs: number, ended: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (stalled: boolean) => {
      clearTimeout(timer)
      res.off('drain', drained)
      ended.removeEventListener('abort', drained)
      resolve(stalled)
    }
    const drained = () => settle(false)
    const timer = setTimeout(() => settle(true), stallMs)
    res.on('drain', drained)
    ended.addEventListener('abort', drained)
  })
}
