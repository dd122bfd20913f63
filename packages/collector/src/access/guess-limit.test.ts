import { describe, expect, test } from 'vitest'
import { ADMIN_TOKEN, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'

const JSON_BODY = { 'Content-Type': 'application/json' }

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

describe('guessing', () => {
  const from = (address: string) => ({ 'X-Forwarded-For': address })
  const tryHere = async (service: TestService, token: string) =>
    (await fetch(`${service.url}/v1/sessions`, { headers: bearer(token) })).status
  const tryAt = async (service: TestService, token: string, address: string) =>
    (await fetch(`${service.url}/v1/sessions`, { headers: { ...bearer(token), ...from(address) } })).status
  const logInAt = async (service: TestService, token: string, address: string) =>
    fetch(`${service.url}/v1/login`, {
      method: 'POST',
      headers: { ...JSON_BODY, ...from(address) },
      body: JSON.stringify({ token }),
    })

  test('is slowed to one try in six seconds after ten, for that address; a right token then says nothing', async () => {
    let now = Date.now()
    const service = await startTestService({ trustProxy: 1 }, () => now)
    for (let i = 0; i < 10; i++) expect(await tryAt(service, `guess-${i}`, '203.0.113.7')).toBe(401)
    const refused = await logInAt(service, ADMIN_TOKEN, '203.0.113.7')
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('set-cookie')]).toEqual([
      429,
      '6',
      null,
    ])
    expect(await tryAt(service, ADMIN_TOKEN, '203.0.113.7')).toBe(429)
    expect(await tryAt(service, ADMIN_TOKEN, '203.0.113.8')).toBe(200)
    now += 6_000
    expect(await tryAt(service, ADMIN_TOKEN, '203.0.113.7')).toBe(200)
    expect(await tryAt(service, 'guess', '203.0.113.7')).toBe(401)
    expect(await tryAt(service, 'guess', '203.0.113.7')).toBe(429)
    expect(service.logged()).not.toContain('guess')
  })

  test('many at the same time is no way around', async () => {
    const now = Date.now()
    const service = await startTestService({ trustProxy: 1 }, () => now)
    const tries = Array.from({ length: 40 }, (_, i) => logInAt(service, `guess-${i}`, '203.0.113.7'))
    const answers = (await Promise.all(tries)).map(({ status }) => status)
    expect(answers.filter((status) => status === 401)).toHaveLength(10)
    expect(answers.filter((status) => status === 429)).toHaveLength(30)
  })

  test('through a proxy that is not named is slowed for all of it; this machine itself is not', async () => {
    const now = Date.now()
    const service = await startTestService({}, () => now)
    for (let i = 0; i < 12; i++) await tryAt(service, 'guess', `203.0.113.${i}`)
    expect(await tryAt(service, ADMIN_TOKEN, '203.0.113.99')).toBe(429)
    for (let i = 0; i < 12; i++) expect(await tryHere(service, 'guess')).toBe(401)
    expect(await tryHere(service, ADMIN_TOKEN)).toBe(200)
  })

  test('an ended cookie that a browser goes on to send does not shut out who logs in', async () => {
    const now = Date.now()
    const service = await startTestService({ trustProxy: 1 }, () => now)
    for (let i = 0; i < 12; i++)
      await fetch(`${service.url}/v1/sessions`, {
        headers: { Cookie: 'sojourn_admin=old', ...from('203.0.113.7') },
      })
    expect((await logInAt(service, ADMIN_TOKEN, '203.0.113.7')).status).toBe(204)
  })
})
