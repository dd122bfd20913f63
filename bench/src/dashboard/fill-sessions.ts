import { Agent, request } from 'node:http'
import { v4, v5, v7 } from 'uuid'
import type { EventBatch, WireEvent } from '@sojourn/protocol'
import { CONTEXTS } from '../contexts.ts'
import { ADMIN_TOKEN, WRITE_KEY } from '../process/collector.ts'
import { createRandom, logNormal, pickSkewed, randomBytes16 } from '../random.ts'
import type { Random } from '../random.ts'

const SEED = 20_240_530
const MONTH_MS = 30 * 86_400_000
/** The last sessions began so long ago that all events are in the past. */
const LATEST_MS = 3_600_000
const BATCH_EVENTS = 400
/** Requests under way at once. */
const CONNECTIONS = 4
const PATHS = [
  '/',
  '/pricing',
  '/docs',
  '/blog',
  '/features',
  ...Array.from({ length: 60 }, (_, i) => `/articles/${i}`),
]

/** Sends so many short sessions of the month that ends at `until` (epoch ms), as they would have come: what a list of them costs does not depend on how long they are. Resolves to the number of events. */
export async function fillSessions(
  port: number,
  sessions: number,
  until: number,
  say: (line: string) => void,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const batches = drawBatches(sessions, until)
  let events = 0
  let said = 0
  const sendOn = async (): Promise<void> => {
    for (const batch of batches) {
      await post(agent, port, JSON.stringify(batch))
      events += batch.events.length
      if (events < said + 200_000) continue
      said = events
      say(`${events.toLocaleString('en')} events stored`)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, sendOn))
  agent.destroy()
  return events
}

function* drawBatches(sessions: number, until: number): Generator<EventBatch, void> {
  const random = createRandom(SEED)
  const waiting = CONTEXTS.map((): WireEvent[] => [])
  const [first, apart] = [until - MONTH_MS, (MONTH_MS - LATEST_MS) / sessions]
  let [visitorId, number] = ['', 0]
  for (let i = 0; i < sessions; i++) {
    // Two in five visits are by the visitor of the one before.
    if (i === 0 || random() < 0.6) [visitorId, number] = [v4({ random: randomBytes16(random) }), 0]
    const events = waiting[i % CONTEXTS.length]!
    events.push(...drawSession(random, visitorId, ++number, first + i * apart))
    if (events.length >= BATCH_EVENTS) yield batchOf(i % CONTEXTS.length, events.splice(0), until)
  }
  for (const [context, events] of waiting.entries())
    if (events.length > 0) yield batchOf(context, events, until)
}

function batchOf(context: number, events: readonly WireEvent[], until: number): EventBatch {
  return { writeKey: WRITE_KEY, sentAt: until, context: CONTEXTS[context]!, events }
}

function drawSession(random: Random, visitorId: string, number: number, start: number): WireEvent[] {
  const startedAt = Math.floor(start)
  const session = { id: v5(String(number), visitorId), number, startedAt, startReason: 'first' as const }
  const steps = random() < 0.85 ? 1 : 2 + Math.floor(random() * 2)
  let time = startedAt
  return Array.from({ length: steps }, (_, step) => {
    if (step > 0) time += Math.ceil(Math.min(900_000, logNormal(random, 40_000, 1.2)))
    const path = pickSkewed(random, PATHS)
    return {
      id: v7({ msecs: time, random: randomBytes16(random), seq: Math.floor(random() * 2 ** 31) }),
      type: 'page',
      name: 'page_view',
      time,
      visitorId,
      session,
      passive: false,
      page: { url: `https://shop.example${path}`, path },
    }
  })
}

/** Sends a body until it is taken. Rejects where it is refused. */
async function post(agent: Agent, port: number, body: string): Promise<void> {
  for (;;) {
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${ADMIN_TOKEN}` }
      const req = request(
        { agent, port, host: '127.0.0.1', path: '/v1/events', method: 'POST', headers },
        (res) => {
          res.resume()
          res.once('end', () => resolve(res.statusCode ?? 0))
          res.once('error', reject)
        },
      )
      req.once('error', reject)
      req.end(body)
    })
    if (status === 200) return
    if (status !== 503 && status !== 429) throw new Error(`The collector refused a batch: ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
