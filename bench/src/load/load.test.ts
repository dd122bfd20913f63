import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EventBatch } from '@sojourn/protocol'
import { afterEach, expect, test } from 'vitest'
import { createSenders } from '../senders.ts'
import { drive } from './drive.ts'
import { prepareRequest } from './request.ts'
import type { PreparedRequest } from './request.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server that counts ids in memory. `every` nth request is answered 503, and every 2 * `every`th cut off without an answer. */
async function serve(every = Infinity): Promise<{ port: number; seen: Set<string>; clocks: number[] }> {
  const seen = new Set<string>()
  const clocks: number[] = []
  let count = 0
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      count++
      if (count % (2 * every) === 0) return void req.socket.destroy()
      if (count % every === 0) return void res.writeHead(503, { 'Retry-After': '1' }).end()
      const batch = JSON.parse(Buffer.concat(chunks).toString()) as EventBatch
      clocks.push(batch.sentAt)
      const fresh = batch.events.filter((event) => !seen.has(event.id))
      for (const event of fresh) seen.add(event.id)
      const answer = { accepted: fresh.length, duplicates: batch.events.length - fresh.length, rejected: [] }
      res.end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return { port: (server.address() as AddressInfo).port, seen, clocks }
}

/** Requests of `size` events. */
function draw(requests: number, size: number): Iterator<PreparedRequest> {
  const senders = createSenders(7, { liveVisits: 300, startAt: 1_717_000_000_000 })
  return Array.from({ length: requests }, () => {
    const batch = senders.next(size)
    return prepareRequest('pk_é', batch.context, batch.events, batch.fresh)
  }).values()
}

const source =
  (requests: Iterator<PreparedRequest>): (() => PreparedRequest | undefined) =>
  () => {
    const item = requests.next()
    return item.done ? undefined : item.value
  }

test('every event is sent once, with the clock of that moment, and every answer is counted', async () => {
  const server = await serve()
  const before = Date.now()
  const result = await drive({ port: server.port, connections: 8 }, source(draw(400, 25)))
  expect(result).toMatchObject({ requests: 400, statuses: { 200: 400 }, rejected: 0 })
  expect(result.accepted + result.duplicates).toBe(10_000)
  expect(result.accepted).toBe(result.fresh)
  expect(server.seen.size).toBe(result.accepted)
  expect(Math.min(...server.clocks)).toBeGreaterThanOrEqual(before)
  expect(Math.max(...server.clocks)).toBeLessThanOrEqual(Date.now())
})

test('requests come at the rate that was asked for', async () => {
  const server = await serve()
  const result = await drive({ port: server.port, connections: 32, perSecond: 1_000 }, source(draw(1_000, 1)))
  expect(result.statuses).toEqual({ 200: 1_000 })
  expect(result.seconds).toBeGreaterThan(0.8)
  expect(result.seconds).toBeLessThan(1.6)
})

test('a refusal and an answer that never came are told apart', async () => {
  const server = await serve(10)
  const result = await drive({ port: server.port, connections: 4 }, source(draw(60, 1)))
  // Each cut takes its connection with it, so that the last ones may have nobody left to send them.
  expect(result.statuses[503]).toBeGreaterThan(1)
  expect(result.statuses[0]).toBeGreaterThan(0)
  expect(result.accepted + result.duplicates).toBe(result.statuses[200])
})
