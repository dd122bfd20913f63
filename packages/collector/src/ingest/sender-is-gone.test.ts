import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WRITE_KEY, startTestService } from '../service.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'

const NOW = Date.UTC(2024, 4, 30, 8)

test('who resets before the address can be known has sent nothing, and the repetition brings the address', async () => {
  const service = await startTestService({ addressMode: 'keep' }, () => NOW)
  const { hostname, port } = new URL(service.url)
  const senders = Array.from({ length: 20 }, (_, i) => ({
    id: `e${i}`,
    type: 'page',
    time: NOW,
    visitorId: `v${i}`,
  }))
  for (const event of senders) {
    const body = JSON.stringify({ writeKey: WRITE_KEY, sentAt: NOW, events: [event] })
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(`POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
    socket.resetAndDestroy()
  }
  await service.sendEvents(...senders)
  const { sessions } = await service.read<{ sessions: SessionObject[] }>('/v1/sessions')
  expect(sessions.map(({ device }) => device?.ip)).toEqual(Array(20).fill('127.0.0.1'))
})
