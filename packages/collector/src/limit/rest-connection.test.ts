import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { WRITE_KEY, startTestService } from '../service.fixture.ts'

const NOW = Date.UTC(2024, 4, 30, 8)

test('who repeats at once what was refused is read again after a rest, and keeps nobody waiting meanwhile', async () => {
  const service = await startTestService({ trustProxy: 1, clientRate: 1 }, () => NOW)
  const stubborn = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => stubborn.destroy())
  let made = 0
  /** The status of one event's request, and how long it took in ms. */
  async function send(from: string, agent?: Agent): Promise<readonly [number | undefined, number]> {
    const event = { id: `e${made++}`, type: 'page', time: NOW, visitorId: 'v1' }
    const start = performance.now()
    const sending = request(`${service.url}/v1/events`, {
      method: 'POST',
      headers: { 'X-Forwarded-For': from },
      ...(agent && { agent }),
    })
    sending.end(JSON.stringify({ writeKey: WRITE_KEY, sentAt: NOW, events: [event] }))
    const [answer] = (await once(sending, 'response')) as [IncomingMessage]
    await once(answer.resume(), 'end')
    return [answer.statusCode, performance.now() - start]
  }

  for (let i = 0; i < 10; i++) expect((await send('203.0.113.7', stubborn))[0]).toBe(200)
  expect((await send('203.0.113.7', stubborn))[0]).toBe(429)
  const [again, other] = await Promise.all([send('203.0.113.7', stubborn), send('203.0.113.8')])
  expect([again[0], other[0]]).toEqual([429, 200])
  expect(again[1]).toBeGreaterThan(200)
  expect(other[1]).toBeLessThan(again[1])
})
