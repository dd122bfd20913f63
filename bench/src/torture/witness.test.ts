import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EventBatch } from '@sojourn/protocol'
import { expect, onTestFinished, test } from 'vitest'
import { createSenders } from '../senders.ts'
import { startWitness } from './witness.ts'

/** A collector in memory whose nth answer is what `behave` says. */
async function serve(
  behave: (n: number) => 'answer' | 'lose the answer' | 'refuse' | 'reject the first',
): Promise<{
  readonly port: number
  readonly stored: string[]
}> {
  const stored: string[] = []
  let n = 0
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const way = behave(n++)
      if (way === 'refuse') return void res.writeHead(503, n % 2 === 0 ? { 'Retry-After': '0' } : {}).end()
      const { events } = JSON.parse(Buffer.concat(chunks).toString()) as EventBatch
      const taken = way === 'reject the first' ? events.slice(1) : events
      const fresh = taken.filter(({ id }) => !stored.includes(id))
      stored.push(...fresh.map(({ id }) => id))
      if (way === 'lose the answer') return void req.socket.destroy()
      const rejected =
        way === 'reject the first' ? [{ index: 0, id: events[0]!.id, reason: 'bad_name', message: '' }] : []
      res.end(JSON.stringify({ accepted: fresh.length, duplicates: taken.length - fresh.length, rejected }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, stored }
}

function plan(port: number, requests: number) {
  const senders = createSenders(5, { liveVisits: 100, startAt: 1_717_000_000_000 })
  let left = requests
  const next = (size: number) => (left-- > 0 ? senders.next(size) : undefined)
  return { port, senders: { next }, seed: 5, connections: 3, mostEvents: 10 }
}

test('what was refused or not answered is sent until it is acknowledged, and remembered then', async () => {
  const server = await serve((n) => (n % 5 === 0 ? 'lose the answer' : n % 3 === 0 ? 'refuse' : 'answer'))
  const witness = startWitness(plan(server.port, 60))
  await witness.done(10_000)
  expect(witness.acknowledged).toEqual(new Set(server.stored))
  expect(new Set(server.stored).size).toBe(server.stored.length)
  expect(witness.tally.statuses[200]).toBe(60)
  expect(witness.tally.statuses[0]).toBeGreaterThan(5)
  expect(witness.tally.withoutRetryAfter).toBeGreaterThan(2)
  expect(witness.tally.duplicates).toBeGreaterThan(0)
})

test('a rejected event is not acknowledged', async () => {
  const server = await serve(() => 'reject the first')
  const witness = startWitness(plan(server.port, 5))
  await witness.done(10_000)
  expect(witness.tally.rejected).toBe(5)
  expect(witness.acknowledged).toEqual(new Set(server.stored))
})

test('a collector that never takes anything is given up', async () => {
  const server = await serve(() => 'refuse')
  await expect(startWitness(plan(server.port, 5)).done(300)).rejects.toThrow('still not acknowledged')
})
