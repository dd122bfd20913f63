import { describe, expect, test } from 'vitest'
import { WRITE_KEY, problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import { LINK_TOKEN_MS } from './link-token.ts'

const SHOP = 'https://shop.example'
const APP = 'https://app.example'
const VISITOR = '3dbd1ac1-6a28-463a-a3c6-05593760831a'
const visit = `1717055063243~app.example~2.a.b.2.0.0.${VISITOR}....`
const wish = { writeKey: WRITE_KEY, token: visit }

function post(service: TestService, path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${service.url}/v1/link${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

async function issue(service: TestService, wished: object = wish): Promise<string> {
  const answer = await post(service, '', wished, { Origin: SHOP })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  return answer.text()
}

function redeem(service: TestService, token: string, origin = APP) {
  return post(service, '/redeem', { writeKey: WRITE_KEY, token }, { Origin: origin })
}

/** The reason of a refusal; throws where the answer is no refusal of a link. */
async function refusal(answer: Response): Promise<string | undefined> {
  const { status, type, reason } = await problemOf(answer)
  expect([status, type]).toEqual([403, 'urn:sojourn:problem:link_refused'])
  return reason
}

test('a visit goes from one domain to another, and pages can read both answers', async () => {
  const service = await startTestService()
  const answer = await redeem(service, await issue(service))
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.text()).toBe(visit)
})

test('a visit that was not sealed in time goes on, too, once', async () => {
  const service = await startTestService()
  expect(await (await redeem(service, visit)).text()).toBe(visit)
  expect(await refusal(await redeem(service, visit))).toBe('used')
})

describe('a link is refused', () => {
  test('the second time', async () => {
    const service = await startTestService()
    const token = await issue(service)
    expect((await redeem(service, token)).status).toBe(200)
    expect(await refusal(await redeem(service, token))).toBe('used')
  })

  test('after two minutes', async () => {
    let now = Date.now()
    const service = await startTestService({}, () => now)
    const token = await issue(service)
    now += LINK_TOKEN_MS
    expect(await refusal(await redeem(service, token))).toBe('stale')
  })

  test('at another host', async () => {
    const service = await startTestService()
    const token = await issue(service)
    for (const origin of [
      'https://evil.example',
      'null',
      'https://app.example.evil.test',
      'https://xapp.example',
    ])
      expect(await refusal(await redeem(service, token, origin))).toBe('wrong_host')
    expect((await redeem(service, token, `${APP}:8443`)).status).toBe(200)
  })

  test('when it was forged, changed, or made by another collector', async () => {
    const [service, other] = [await startTestService(), await startTestService()]
    const token = await issue(service)
    const changed = (token[0] === 'A' ? 'B' : 'A') + token.slice(1)
    for (const wrong of ['', 'x', changed, `${token}A`, await issue(other), '1~app.example~v'])
      expect(await refusal(await redeem(service, wrong))).toBe('forged')
    expect((await redeem(service, token)).status).toBe(200)
  })
})

test('only a source’s own pages are given or honoured a link', async () => {
  const service = await startTestService()
  await service.collector.sources.add({
    id: 'shop',
    name: 'Shop',
    type: 'product',
    origins: [SHOP],
    writeKey: 'pk_shop',
  })
  const wished = { ...wish, writeKey: 'pk_shop' }
  expect((await post(service, '', wished, { Origin: 'https://evil.test' })).status).toBe(403)
  expect((await post(service, '', { ...wished, writeKey: 'pk_none' }, { Origin: SHOP })).status).toBe(401)
  const token = await issue(service, wished)
  const brought = { writeKey: 'pk_shop', token }
  const refused = await post(service, '/redeem', brought, { Origin: APP })
  expect((await problemOf(refused)).type).toBe('urn:sojourn:problem:foreign_origin')
  expect((await redeem(service, token)).status).toBe(200)
})

test.each([
  ['', null, 400],
  ['', [], 400],
  ['', '{', 400],
  ['', { ...wish, token: 7 }, 400],
  ['', { ...wish, token: 'x' }, 400],
  ['', { ...wish, token: visit.replace('app.example', 'https://app.example') }, 400],
  ['', { ...wish, token: visit.replace('app.example', 'app.example\r\nX-A: b') }, 400],
  ['', { ...wish, token: visit.replace('2.a.b', '2.a') }, 400],
  ['', { ...wish, writeKey: '' }, 400],
  ['', { ...wish, __proto__: null, writeKey: '__proto__' }, 401],
  ['/redeem', { writeKey: WRITE_KEY, token: 7 }, 400],
  ['/redeem', { writeKey: WRITE_KEY, token: 'x'.repeat(5_000) }, 400],
  ['/redeem', { writeKey: WRITE_KEY }, 400],
])('POST /v1/link%s %j is a %i', async (path, body, status) => {
  const answer = await post(await startTestService(), path, body)
  expect((await problemOf(answer)).status).toBe(status)
})

test('a preflight lets JSON senders in', async () => {
  const service = await startTestService()
  for (const path of ['', '/redeem']) {
    const answer = await fetch(`${service.url}/v1/link${path}`, {
      method: 'OPTIONS',
      headers: { Origin: APP },
    })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  }
})

test('the secret is made at the first link, kept, and never told', async () => {
  const service = await startTestService()
  const { store } = service.collector
  expect(await store.setting('link_secret')).toBeUndefined()
  const token = await issue(service)
  const secret = await store.setting('link_secret')
  expect(secret).toMatch(/^[\w-]{43}$/)
  await issue(service)
  expect(await store.setting('link_secret')).toBe(secret)
  expect(service.logged()).not.toContain(token)
  expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain(VISITOR)
})
