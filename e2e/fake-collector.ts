import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseBatch } from '@sojourn/protocol'
import type { BatchContext, EpochMs, WireEvent } from '@sojourn/protocol'

/** How the collector treats the next requests. */
export type Mood =
  /** Stores and answers 200. */
  | { readonly kind: 'well' }
  /** Stores, and answers 200 after so many real milliseconds. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Stores nothing and answers with that status. */
  | { readonly kind: 'failing'; readonly status: number; readonly retryAfter?: string }
  /** Stores all, then cuts the connection: the sender cannot know. */
  | { readonly kind: 'accept-then-reset' }
  /** Answers batches that hold an event of that name with that status, stores and answers all others. */
  | { readonly kind: 'choking'; readonly on: string; readonly status: number }
  /** Answers batches of more events than that with 413, stores and answers all others. */
  | { readonly kind: 'full-at'; readonly events: number }

/** A request that arrived, whatever became of it. */
export interface ReceivedBatch {
  readonly contentType: string
  readonly bytes: number
  readonly sentAt: EpochMs
  readonly context: BatchContext
  readonly events: readonly WireEvent[]
  /** True when its events were stored. */
  readonly stored: boolean
}

/** A collector that remembers everything and can be in any mood. */
export interface FakeCollector {
  /** Where the tracker sends to, as seen from this host name. */
  url(host: string): string
  readonly batches: readonly ReceivedBatch[]
  /** What is in the store: each event once, in the order of its first arrival, with the times its sender gave. */
  stored(): readonly WireEvent[]
  /** Sentences about requests that the real collector would have refused in whole or in part. */
  readonly faults: readonly string[]
  setMood(mood: Mood): void
  /** Stops listening and cuts all connections, as a dead machine does. */
  leave(): Promise<void>
  /** Listens again on the same port, with all it had stored. */
  comeBack(): Promise<void>
}

/** Starts on a free port of the loopback interface. `now` is the clock that the senders are believed by. */
export async function startFakeCollector(now: () => EpochMs): Promise<FakeCollector> {
  const batches: ReceivedBatch[] = []
  const stored = new Map<string, WireEvent>()
  const faults: string[] = []
  let mood: Mood = { kind: 'well' }

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After')
    if (request.method === 'OPTIONS') {
      faults.push('a preflight request: the body must go as text/plain')
      return void response.setHeader('Access-Control-Allow-Headers', '*').writeHead(204).end()
    }
    const body = await bodyOf(request)
    const then = mood
    const batch = read(body, request, now(), faults)
    if (!batch) return void response.writeHead(400).end('{}')
    const refused = refusal(then, batch.events)
    batches.push({ ...batch, stored: refused === undefined })
    if (refused === undefined)
      for (const event of batch.events) if (!stored.has(event.id)) stored.set(event.id, event)
    if (then.kind === 'accept-then-reset') return void response.socket?.resetAndDestroy()
    if (then.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, then.delayMs))
    answer(response, refused, batch.events.length)
  }

  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy())
  })
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  return {
    url: (host) => `http://${host}:${port}`,
    batches,
    stored: () => [...stored.values()],
    faults,
    setMood: (next) => void (mood = next),
    leave: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    comeBack: () => listen(server, port),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function read(
  body: Buffer,
  request: IncomingMessage,
  receivedAt: EpochMs,
  faults: string[],
): Omit<ReceivedBatch, 'stored'> | undefined {
  const raw = JSON.parse(body.toString()) as { events?: WireEvent[] }
  const batch = parseBatch(raw, { receivedAt, bodyBytes: body.length })
  if (!batch.ok) {
    faults.push(batch.problem)
    return undefined
  }
  for (const { index, reason, message } of batch.rejected)
    faults.push(`event ${index}: ${reason}: ${message}`)
  return {
    contentType: request.headers['content-type'] ?? '',
    bytes: body.length,
    sentAt: batch.sentAt,
    context: batch.context,
    // The times as sent: what the collector makes of a wrong clock is its own matter, tested there.
    events: batch.events.map(({ event, index }) => ({ ...complete(event), time: raw.events![index]!.time })),
  }
}

/** The event with what the collector takes from its page's URL. */
function complete(event: WireEvent): WireEvent {
  const { page } = event
  if (!page?.url) return event
  const { pathname, searchParams } = new URL(page.url)
  const campaign = Object.fromEntries(
    [...searchParams].flatMap(([name, value]) => (name.startsWith('utm_') ? [[name.slice(4), value]] : [])),
  )
  return {
    ...event,
    page: { ...page, path: pathname },
    ...(Object.keys(campaign).length > 0 && { campaign }),
  }
}

interface Refusal {
  readonly status: number
  readonly retryAfter?: string
}

/** Why the collector stores nothing of these events in this mood; undefined when it does. */
function refusal(mood: Mood, events: readonly WireEvent[]): Refusal | undefined {
  switch (mood.kind) {
    case 'failing':
      return mood
    case 'choking':
      return events.some(({ name }) => name === mood.on) ? mood : undefined
    case 'full-at':
      return events.length > mood.events ? { status: 413 } : undefined
    case 'well':
    case 'slow':
    case 'accept-then-reset':
      return undefined
  }
}

function answer(response: ServerResponse, refused: Refusal | undefined, accepted: number): void {
  if (refused) {
    if (refused.retryAfter !== undefined) response.setHeader('Retry-After', refused.retryAfter)
    response.writeHead(refused.status, { 'Content-Type': 'application/problem+json' }).end('{}')
    return
  }
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify({ accepted, duplicates: 0, rejected: [] }))
}
