import { describe, expect, test } from 'vitest'
import { ADMIN_TOKEN, WRITE_KEY, problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import { openAccess } from './access.ts'

const READ_TOKEN = 'a-token-that-only-reads-0123'
const JSON_BODY = { 'Content-Type': 'application/json' }
/** Unset, so that the token is one that the collector made. */
const MADE = { adminToken: undefined as never }

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

async function statusOf(service: TestService, token: string, path = '/v1/sessions'): Promise<number> {
  return (await fetch(service.url + path, { headers: bearer(token) })).status
}

function makeToken(
  service: TestService,
  access: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  const body = JSON.stringify({ access })
  return fetch(`${service.url}/v1/tokens`, { method: 'POST', headers: { ...JSON_BODY, ...headers }, body })
}

async function newToken(service: TestService, access: 'admin' | 'read', by: string): Promise<string> {
  const answer = await makeToken(service, access, bearer(by))
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store'])
  return ((await answer.json()) as { token: string }).token
}

async function logIn(service: TestService, token: string): Promise<string> {
  const body = JSON.stringify({ token })
  const answer = await fetch(`${service.url}/v1/login`, { method: 'POST', headers: JSON_BODY, body })
  return answer.headers.get('set-cookie')!.split(';')[0]!
}

describe('a new admin token', () => {
  test('ends the old one, its cookies and its streams', async () => {
    const service = await startTestService(MADE)
    const old = service.collector.madeAdminToken!
    const Cookie = await logIn(service, old)
    const stream = await fetch(`${service.url}/v1/events/live`, { headers: bearer(old) })
    expect(stream.status).toBe(200)
    const token = await newToken(service, 'admin', old)
    await stream.text()
    expect([await statusOf(service, old), await statusOf(service, token)]).toEqual([401, 200])
    const answer = await fetch(`${service.url}/v1/sessions`, { headers: { Cookie } })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
      401,
      'sojourn_admin=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ])
    expect(service.logged()).not.toContain(token)
  })

  test('made in the dashboard keeps that browser logged in', async () => {
    const service = await startTestService(MADE)
    const Cookie = await logIn(service, service.collector.madeAdminToken!)
    const answer = await makeToken(service, 'admin', { Cookie, Origin: service.url })
    expect(answer.status).toBe(201)
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
    expect((await fetch(`${service.url}/v1/sources`, { headers: { Cookie: cookie } })).status).toBe(200)
  })

  test('is not made where a setting is the token, nor of a wrong kind, nor from another site', async () => {
    const service = await startTestService()
    expect((await makeToken(service, 'admin', bearer(ADMIN_TOKEN))).status).toBe(409)
    for (const wrong of ['owner', '__proto__', null, 7, ['admin']])
      expect((await makeToken(service, wrong, bearer(ADMIN_TOKEN))).status).toBe(400)
    const Cookie = await logIn(service, ADMIN_TOKEN)
    expect((await makeToken(service, 'read', { Cookie, Origin: 'https://evil.test' })).status).toBe(403)
    expect((await fetch(`${service.url}/v1/tokens`, { headers: { Cookie } })).status).toBe(200)
    expect(await service.read('/v1/tokens')).toEqual({
      tokens: [
        { access: 'admin', origin: 'setting' },
        { access: 'read', origin: 'none' },
      ],
    })
  })

  test('made by another process holds within a second', async () => {
    let clock = 0
    const service = await startTestService(MADE)
    const { store } = service.collector
    const here = await openAccess(store, {}, () => clock)
    const made = await (await openAccess(store, {})).rotate('admin')
    if (made === 'setting') throw new Error('no setting was given')
    clock += 999
    expect((await here.keys()).roleOfToken(made.token)).toBeUndefined()
    clock += 1
    expect((await here.keys()).roleOfToken(made.token)).toBe('admin')
  })
})

describe('a read-only token', () => {
  test('reads everything, also by cookie', async () => {
    const service = await startTestService({ readToken: READ_TOKEN })
    for (const path of ['/v1/sessions', '/v1/events', '/v1/sources', '/v1/sessions.csv', '/metrics'])
      expect(await statusOf(service, READ_TOKEN, path)).toBe(200)
    const Cookie = await logIn(service, READ_TOKEN)
    const answer = await fetch(`${service.url}/v1/login`, { headers: { Cookie } })
    expect(await answer.json()).toEqual({ access: 'read' })
    expect(await service.read('/v1/login')).toEqual({ access: 'admin' })
  })

  test.each([
    ['POST', '/v1/sources'],
    ['DELETE', '/v1/sources/test'],
    ['PUT', '/v1/definitions/visits'],
    ['DELETE', '/v1/definitions/visits'],
    ['POST', '/v1/definitions/visits/rebuild'],
    ['DELETE', '/v1/profiles/p1'],
    ['PUT', '/v1/scoring'],
    ['PUT', '/v1/goals'],
    ['POST', '/v1/tokens'],
    ['DELETE', '/v1/tokens/read'],
    ['PATCH', '/v1/sessions'],
    ['POST', '/v1/anything'],
  ])('is refused %s %s, by bearer and by cookie', async (method, path) => {
    const service = await startTestService({ readToken: READ_TOKEN })
    const before = await service.read('/v1/sources')
    const body = JSON.stringify({ access: 'admin', name: 'Mine', type: 'docs' })
    for (const headers of [bearer(READ_TOKEN), { Cookie: await logIn(service, READ_TOKEN) }]) {
      const answer = await fetch(service.url + path, { method, headers: { ...JSON_BODY, ...headers }, body })
      expect(await problemOf(answer)).toMatchObject({ status: 403, type: 'urn:sojourn:problem:read_only' })
    }
    expect(await service.read('/v1/sources')).toEqual(before)
  })

  test('is not told the write keys', async () => {
    const service = await startTestService({ readToken: READ_TOKEN })
    const answer = await fetch(`${service.url}/v1/sources`, { headers: bearer(READ_TOKEN) })
    const text = await answer.text()
    expect(text).toContain('"name":"Test"')
    expect(text).not.toContain(WRITE_KEY)
    expect(JSON.stringify(await service.read('/v1/sources'))).toContain(WRITE_KEY)
  })

  test('can be made, changed and ended', async () => {
    const service = await startTestService()
    const first = await newToken(service, 'read', ADMIN_TOKEN)
    const second = await newToken(service, 'read', ADMIN_TOKEN)
    expect([await statusOf(service, first), await statusOf(service, second)]).toEqual([401, 200])
    const end = () => service.ask('/v1/tokens/read', { method: 'DELETE' })
    expect([(await end()).status, (await end()).status]).toEqual([204, 404])
    expect([await statusOf(service, second), await statusOf(service, ADMIN_TOKEN)]).toEqual([401, 200])
    expect(await statusOf(service, '')).toBe(401)
  })

  test('of the settings is changed there', async () => {
    const service = await startTestService({ readToken: READ_TOKEN })
    expect((await makeToken(service, 'read', bearer(ADMIN_TOKEN))).status).toBe(409)
    expect((await service.ask('/v1/tokens/read', { method: 'DELETE' })).status).toBe(409)
  })
})

describe('a write key', () => {
  test.each([
    '/v1/sessions',
    '/v1/events',
    '/v1/sources',
    '/v1/tokens',
    '/v1/sessions.csv',
    '/v1/events/live',
  ])('reads nothing at %s', async (path) => {
    const service = await startTestService()
    for (const headers of [
      bearer(WRITE_KEY),
      { Cookie: `sojourn_admin=${WRITE_KEY}` },
      { 'X-Write-Key': WRITE_KEY },
    ])
      expect((await fetch(service.url + path, { headers })).status).toBe(401)
    expect((await fetch(`${service.url}${path}?writeKey=${WRITE_KEY}&token=${ADMIN_TOKEN}`)).status).toBe(401)
  })
})

test('there is no default token: two collectors have two, and no well-known one opens either', async () => {
  const [one, two] = [await startTestService(MADE), await startTestService(MADE)]
  expect(one.collector.madeAdminToken).not.toBe(two.collector.madeAdminToken)
  for (const token of [
    'admin',
    'changeme',
    'sojourn',
    'secret',
    'undefined',
    'null',
    '[object Object]',
    'replace-me',
  ])
    expect(await statusOf(one, token)).toBe(401)
  expect(await statusOf(one, two.collector.madeAdminToken!)).toBe(401)
})
