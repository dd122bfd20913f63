import { describe, expect, test } from 'vitest'
import { ADMIN_TOKEN, problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'

const SHOP = 'https://shop.example'

/** A service with a second source that only the shop's pages may send for. */
async function withShop(): Promise<TestService> {
  const service = await startTestService()
  await service.collector.sources.add({
    id: 'shop',
    name: 'Shop',
    type: 'product',
    origins: [SHOP, 'http://localhost:3000'],
    writeKey: 'pk_shop',
  })
  return service
}

function send(service: TestService, writeKey: string, origin?: string): Promise<Response> {
  const event = { id: `e-${origin}`, type: 'page', time: Date.now(), visitorId: 'v1' }
  const body = { writeKey, sentAt: Date.now(), events: [event] }
  return service.send(body, origin === undefined ? {} : { Origin: origin })
}

describe('who may send for a source that names its origins', () => {
  test.each([SHOP, 'http://localhost:3000', undefined])('%s may', async (origin) => {
    const answer = await send(await withShop(), 'pk_shop', origin)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin ?? '*')
    expect(answer.headers.get('vary')).toBe('Origin')
  })

  test.each([
    'null',
    'http://shop.example',
    'https://shop.example:8443',
    'https://shop.example.evil.test',
    'https://evil-shop.example',
    'https://app.shop.example',
    'HTTPS://SHOP.EXAMPLE',
    'https://shop.example/',
    'http://localhost:3001',
    'https://shop.example@evil.test',
    '',
  ])('%j may not, and can read why', async (origin) => {
    const service = await withShop()
    const answer = await send(service, 'pk_shop', origin)
    expect(answer.status).toBe(403)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect((await problemOf(answer)).type).toBe('urn:sojourn:problem:foreign_origin')
    expect(await service.read('/v1/events')).toMatchObject({ events: [] })
  })

  test('the key of one source is no key to another', async () => {
    const service = await withShop()
    expect((await send(service, 'pk_test', 'https://evil.test')).status).toBe(200)
    expect(await service.read('/v1/events?source=shop')).toMatchObject({ events: [] })
  })
})

test('a preflight is answered for every origin, and lets in what senders need', async () => {
  const service = await withShop()
  for (const origin of [SHOP, 'https://other.example']) {
    const answer = await fetch(`${service.url}/v1/events`, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type,content-encoding',
      },
    })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-methods')).toBe('POST')
    expect(answer.headers.get('access-control-allow-headers')).toBe('Content-Type, Content-Encoding')
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin === SHOP ? SHOP : '*')
  }
})

test('no answer lets another origin read with credentials, and the read API none at all', async () => {
  const service = await withShop()
  const asked = await Promise.all([
    send(service, 'pk_shop', SHOP),
    send(service, 'pk_shop', 'https://evil.test'),
    service.ask('/v1/sessions', { headers: { Origin: SHOP, Authorization: `Bearer ${ADMIN_TOKEN}` } }),
  ])
  for (const answer of asked) expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  expect(asked[2].headers.get('access-control-allow-origin')).toBeNull()
})

test('a source holds from the moment it is made, and no longer once it is removed', async () => {
  const service = await startTestService()
  expect((await send(service, 'pk_new')).status).toBe(401)
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ name: 'New', type: 'docs', writeKey: 'pk_new' })
  const made = await service.ask('/v1/sources', { method: 'POST', headers, body })
  const { id } = (await made.json()) as { id: string }
  expect((await send(service, 'pk_new')).status).toBe(200)
  expect((await service.ask(`/v1/sources/${id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await send(service, 'pk_new')).status).toBe(401)
  const { events } = await service.read<{ events: { source: object }[] }>('/v1/events')
  expect(events.map(({ source }) => source)).toEqual([{ id }])
})
