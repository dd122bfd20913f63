import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { WRITE_KEY, problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'

const NOW = Date.UTC(2024, 4, 30, 8)

interface Sending {
  readonly from?: string
  readonly writeKey?: string
  readonly events?: number
}

let made = 0

function send(service: TestService, { from, writeKey = WRITE_KEY, events = 1 }: Sending): Promise<Response> {
  const batch = Array.from({ length: events }, () => ({
    id: `e${made++}`,
    type: 'page',
    time: NOW,
    visitorId: 'v1',
  }))
  return service.send(
    { writeKey, sentAt: NOW, events: batch },
    from === undefined ? {} : { 'X-Forwarded-For': from },
  )
}

/** Statuses of so many requests, one after the other. */
async function statuses(count: number, ask: () => Promise<Response>): Promise<readonly number[]> {
  const found: number[] = []
  for (let i = 0; i < count; i++) found.push((await ask()).status)
  return found
}

describe('a client address', () => {
  test('is refused above its rate, with the time to come again; no other is, and it is let in again', async () => {
    let now = NOW
    const service = await startTestService({ trustProxy: 1, clientRate: 1 }, () => now)
    const noisy = () => send(service, { from: '203.0.113.7' })
    expect(await statuses(10, noisy)).toEqual(Array(10).fill(200))
    const refused = await noisy()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
    expect((await problemOf(refused)).type).toBe('urn:sojourn:problem:too_many')
    expect((await send(service, { from: '203.0.113.8' })).status).toBe(200)
    now += 1_000
    expect(await statuses(2, noisy)).toEqual([200, 429])
    expect(service.logged()).not.toContain('203.0.113')
  })

  test('pays for each event of a batch', async () => {
    const service = await startTestService({ trustProxy: 1, clientRate: 1 }, () => NOW)
    expect((await send(service, { from: '203.0.113.7', events: 30 })).status).toBe(200)
    const refused = await send(service, { from: '203.0.113.7' })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '21'])
  })

  test('is a whole network where addresses are plenty, and is not what the sender says', async () => {
    const service = await startTestService({ trustProxy: 1, clientRate: 1 }, () => NOW)
    const spread = Array.from({ length: 11 }, (_, i) => `2001:db8:1:2:${i}::${i}`)
    let last = 200
    for (const from of spread) last = (await send(service, { from })).status
    expect(last).toBe(429)
    expect((await send(service, { from: '2001:db8:1:3::1' })).status).toBe(200)
    const forged = Array.from({ length: 11 }, (_, i) => `198.51.100.${i}, 203.0.113.9`)
    for (const from of forged) last = (await send(service, { from })).status
    expect(last).toBe(429)
  })

  test('of this machine is not limited: behind a proxy that is not named, it is everyone', async () => {
    const service = await startTestService({ clientRate: 1 }, () => NOW)
    expect(await statuses(15, () => send(service, { from: '203.0.113.7' }))).toEqual(Array(15).fill(200))
  })

  test('is refused links, too', async () => {
    const service = await startTestService({ trustProxy: 1, clientRate: 1 }, () => NOW)
    const link = () =>
      fetch(`${service.url}/v1/link`, {
        method: 'POST',
        headers: { 'X-Forwarded-For': '203.0.113.7' },
        body: JSON.stringify({
          writeKey: WRITE_KEY,
          token: '1~app.example~1.a.a.1.0.0.3dbd1ac1-6a28-463a-a3c6-05593760831a....',
        }),
      })
    expect(await statuses(11, link)).toEqual([...Array<number>(10).fill(200), 429])
  })
})

describe('a source', () => {
  async function withTwo(sourceRate: number): Promise<TestService> {
    const service = await startTestService({ sourceRate }, () => NOW)
    await service.collector.sources.add({
      id: 'other',
      name: 'Other',
      type: 'docs',
      origins: [],
      writeKey: 'pk_other',
    })
    return service
  }

  test('is refused above its rate, and another one is not', async () => {
    const service = await withTwo(2)
    expect((await send(service, { events: 25 })).status).toBe(200)
    const refused = await send(service, {})
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3'])
    expect((await send(service, { writeKey: 'pk_other' })).status).toBe(200)
  })

  test('whose events wait too long is refused early; another one, and reading, go on', async () => {
    const service = await withTwo(100_000)
    const { store } = service.collector
    const commit = store.commit.bind(store)
    let open: () => void = () => {}
    const opened = new Promise<void>((resolve) => (open = resolve))
    Object.assign(store, {
      commit: async (...facts: Parameters<typeof commit>) => (await opened, commit(...facts)),
    })
    const waiting = Array.from({ length: 4 }, () => send(service, { events: 300 }))
    await sleep(600)
    const refused = await send(service, { events: 10 })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    const other = send(service, { writeKey: 'pk_other' })
    expect((await service.ask('/v1/sessions')).status).toBe(200)
    open()
    expect((await other).status).toBe(200)
    const answers = await Promise.all(waiting)
    expect(answers.map(({ status }) => status)).toContain(200)
    expect((await send(service, { events: 10 })).status).toBe(200)
  })
})
