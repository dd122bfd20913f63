import { describe, expect, test } from 'vitest'
import { ADMIN_TOKEN, problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import { cookieFor, hashToken, isCookieOf, makeToken } from './token-hash.ts'

const ROUTES = [
  '/v1/sessions',
  '/v1/sessions/x',
  '/v1/sessions/x/events',
  '/v1/sessions.csv',
  '/v1/sessions.ndjson',
]
const MORE_ROUTES = [
  '/v1/events',
  '/v1/events/live',
  '/v1/sessions/live',
  '/v1/sources',
  '/v1/tokens',
  '/v1/login',
  '/v1/metrics/timeseries',
  '/v1/health',
  '/metrics',
  '/v1/script',
  '/v1/nothing',
]

async function logIn(service: TestService, token = ADMIN_TOKEN, headers: Record<string, string> = {}) {
  return fetch(`${service.url}/v1/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  })
}

/** The `name=value` of the cookie that an answer sets. */
function cookieOf(answer: Response): string {
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

describe('the token', () => {
  test('is made of 192 random bits, and its hash gives it not away', () => {
    const token = makeToken()
    expect(token).toMatch(/^[\w-]{32}$/)
    expect(makeToken()).not.toBe(token)
    const hash = hashToken(token)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(isCookieOf(cookieFor(token), hash)).toBe(true)
    for (const wrong of ['', token, hash, cookieFor('other')]) expect(isCookieOf(wrong, hash)).toBe(false)
  })

  test.each([...ROUTES, ...MORE_ROUTES])('%s needs it', async (route) => {
    const service = await startTestService()
    const ask = (authorization?: string) =>
      fetch(
        service.url + route,
        authorization === undefined ? {} : { headers: { Authorization: authorization } },
      )
    for (const wrong of [
      undefined,
      '',
      'Bearer',
      'Bearer wrong',
      `Basic ${ADMIN_TOKEN}`,
      'Bearer pk_test',
      ADMIN_TOKEN,
    ]) {
      const answer = await ask(wrong)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="sojourn"')
      expect((await problemOf(answer)).type).toBe('urn:sojourn:problem:not_logged_in')
    }
    expect((await ask(`Bearer ${ADMIN_TOKEN}`)).status).not.toBe(401)
    expect(service.logged()).not.toContain(ADMIN_TOKEN)
  })

  test('is made at the first start, told once, and kept as a hash', async () => {
    const service = await startTestService({ adminToken: undefined as never })
    const token = service.collector.madeAdminToken!
    const status = async (bearer: string) =>
      (await fetch(`${service.url}/v1/sources`, { headers: { Authorization: `Bearer ${bearer}` } })).status
    expect([await status(token), await status('other')]).toEqual([200, 401])
    expect(await service.collector.store.setting('admin_token_hash')).toBe(hashToken(token))
    expect(service.logged()).not.toContain(token)
  })
})

describe('the cookie', () => {
  test('opens the read API, and is out of reach of scripts and other sites', async () => {
    const service = await startTestService()
    const answer = await logIn(service)
    expect(answer.status).toBe(204)
    expect(answer.headers.get('set-cookie')).toMatch(
      /^sojourn_admin=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
    )
    const headers = { Cookie: `other=1; ${cookieOf(answer)}` }
    expect((await fetch(`${service.url}/v1/sessions`, { headers })).status).toBe(200)
    expect(
      (await fetch(`${service.url}/v1/sessions`, { headers: { Cookie: 'sojourn_admin=x' } })).status,
    ).toBe(401)
  })

  test('is marked secure where a trusted proxy speaks https', async () => {
    const forwarded = { 'X-Forwarded-Proto': 'https' }
    expect(
      (await logIn(await startTestService({ trustProxy: 1 }), ADMIN_TOKEN, forwarded)).headers.get(
        'set-cookie',
      ),
    ).toContain('; Secure')
    expect(
      (await logIn(await startTestService(), ADMIN_TOKEN, forwarded)).headers.get('set-cookie'),
    ).not.toContain('Secure')
  })

  test('is not given for a wrong token or a body of another shape', async () => {
    const service = await startTestService()
    expect((await logIn(service, 'wrong')).status).toBe(401)
    for (const body of ['', '{', '[]', 'null', '{"token":7}', '{"token":{"$ne":1}}', 'x'.repeat(9_000)]) {
      const headers = { 'Content-Type': 'application/json' }
      const answer = await fetch(`${service.url}/v1/login`, { method: 'POST', headers, body })
      expect([400, 401]).toContain(answer.status)
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    expect(service.logged()).not.toContain('"level":50')
  })

  test('changes nothing for a page of another origin, not even of a sibling domain', async () => {
    const service = await startTestService()
    const Cookie = cookieOf(await logIn(service))
    const remove = (headers: Record<string, string>) =>
      fetch(`${service.url}/v1/sources/none`, { method: 'DELETE', headers: { Cookie, ...headers } })
    for (const headers of [
      { Origin: 'https://evil.test' },
      { Origin: 'null' },
      { Origin: 'http://127.0.0.1:1' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ])
      expect((await problemOf(await remove(headers as never))).type).toBe('urn:sojourn:problem:cross_site')
    for (const headers of [{ Origin: service.url }, { 'Sec-Fetch-Site': 'same-origin', Origin: service.url }])
      expect((await problemOf(await remove(headers as never))).type).toBe('urn:sojourn:problem:not_found')
  })

  test('nobody is logged in or out from another site', async () => {
    const service = await startTestService()
    for (const route of ['login', 'logout']) {
      const headers = { 'Content-Type': 'application/json', Origin: 'https://evil.test' }
      const body = JSON.stringify({ token: ADMIN_TOKEN })
      const answer = await fetch(`${service.url}/v1/${route}`, { method: 'POST', headers, body })
      expect(answer.status).toBe(403)
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
  })

  test('ends at logout', async () => {
    const service = await startTestService()
    const answer = await fetch(`${service.url}/v1/logout`, { method: 'POST' })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
      204,
      'sojourn_admin=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ])
  })
})
