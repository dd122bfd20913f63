import { connect } from 'node:net'
import { MAX_BATCH_EVENTS } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { WRITE_KEY, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'

const NOW = Date.now()
const good = (id: string, more: object = {}) => ({ id, type: 'page', time: NOW, visitorId: 'v1', ...more })

/** How long a well-behaved sender beside the attack waits for its answer, in ms. */
async function answerMs(service: TestService, id: string): Promise<number> {
  const start = performance.now()
  expect(await service.sendEvents(good(id))).toMatchObject({ accepted: 1 })
  return performance.now() - start
}

test('an event with thousands of keys is one row, and answers as one', async () => {
  const service = await startTestService()
  const many = Object.fromEntries(Array.from({ length: 1_800 }, (_, i) => [`key${i}`, i]))
  expect(await service.sendEvents(good('e1', { properties: many }))).toMatchObject({ accepted: 1 })
  const tooMany = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key${i}`, i]))
  expect(await service.sendEvents(good('e2', { properties: tooMany }))).toMatchObject({
    rejected: [{ reason: 'too_large' }],
  })
  const traits = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`trait${i}`, 'x'.repeat(15)]))
  for (let i = 0; i < 10; i++) {
    const renamed = Object.fromEntries(Object.entries(traits).map(([key, value]) => [`${i}${key}`, value]))
    await service.sendEvents(good(`t${i}`, { traits: renamed, session: { id: 's1' } }))
  }
  const session = await service.read<SessionObject>('/v1/sessions/s1')
  expect(JSON.stringify(session).length).toBeLessThan(64 * 1024)
})

test('a session of thousands of tags, names and paths stays a small object', async () => {
  const service = await startTestService()
  for (let batch = 0; batch < 8; batch++)
    await service.sendEvents(
      ...Array.from({ length: MAX_BATCH_EVENTS }, (_, i) =>
        good(`e${batch}-${i}`, {
          type: 'track',
          name: `name ${batch} ${i}`,
          tags: [`tag ${batch} ${i}`],
          page: { path: `/path/${batch}/${i}` },
          session: { id: 's1' },
        }),
      ),
    )
  const session = await service.read<SessionObject>('/v1/sessions/s1')
  expect(session.counts.events).toBe(8 * MAX_BATCH_EVENTS)
  expect(JSON.stringify(session).length).toBeLessThan(128 * 1024)
})

test('floods of new visitors, sessions and names hold up nobody', async () => {
  const service = await startTestService()
  const flood = Array.from({ length: 20 }, (_, batch) =>
    service.sendEvents(
      ...Array.from({ length: MAX_BATCH_EVENTS }, (__, i) =>
        good(`f${batch}-${i}`, {
          visitorId: `v${batch}-${i}`,
          type: 'track',
          name: `n${batch}-${i}`,
          session: { id: `s${batch}-${i}` },
        }),
      ),
    ),
  )
  expect(await answerMs(service, 'beside')).toBeLessThan(10_000)
  for (const answer of await Promise.all(flood)) expect(answer).toMatchObject({ accepted: MAX_BATCH_EVENTS })
  const { sessions } = await service.read<{ sessions: unknown[] }>('/v1/sessions?limit=500')
  expect(sessions).toHaveLength(500)
}, 60_000)

test('slow senders and idle connections keep nobody out', async () => {
  const service = await startTestService()
  const port = Number(new URL(service.url).port)
  const head = 'POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n'
  const sockets = Array.from({ length: 200 }, (_, i) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(i % 2 ? head : 'GET / HT')
    return socket
  })
  const drip = setInterval(() => sockets.forEach((socket) => socket.write('{')), 50)
  expect(await answerMs(service, 'beside')).toBeLessThan(5_000)
  clearInterval(drip)
  for (const socket of sockets) socket.destroy()
  expect(await answerMs(service, 'after')).toBeLessThan(5_000)
})

test('the widest range of dates is answered, and the finest steps of it are refused', async () => {
  const service = await startTestService()
  await service.sendEvents(good('e1'))
  const range = 'from=-8640000000000000&to=8640000000000000'
  expect((await service.ask(`/v1/sessions?${range}`)).status).toBe(200)
  expect((await service.ask(`/v1/events?${range}`)).status).toBe(200)
  expect((await service.ask(`/v1/metrics/timeseries?${range}&interval=hour`)).status).toBe(400)
  expect(await answerMs(service, 'beside')).toBeLessThan(5_000)
})

test('deep JSON anywhere in a batch costs only itself', async () => {
  const service = await startTestService()
  const deep = '['.repeat(7_000) + ']'.repeat(7_000)
  const text = JSON.stringify({
    writeKey: WRITE_KEY,
    sentAt: NOW,
    context: { app: 'DEEP' },
    events: [
      good('a', { properties: { deep: 'DEEP' } }),
      good('b', { traits: { deep: 'DEEP' } }),
      good('ok'),
    ],
  })
  const answer = await service.send(text.replaceAll('"DEEP"', deep))
  expect(await answer.json()).toMatchObject({
    accepted: 1,
    rejected: [{ reason: 'too_deep' }, { reason: 'too_deep' }],
  })
})
