import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { ADMIN_TOKEN, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'

/** The answer to a request with just this target: `fetch` would tidy it up. */
function askRaw(service: TestService, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => (answer += String(chunk)))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.write(
      `GET ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\nConnection: close\r\n\r\n`,
    )
  })
}

const UPWARDS = ['..', '%2e%2e', '..%2f..', '..%5c..', '%252e%252e', '....//', '..;', '%c0%ae%c0%ae', '..%00']
const BELOW = ['/', '/demo/', '/assets/', '/v1/', '/v1/sessions/', '/v1/sources/']
const FILES = ['package.json', 'src/main.ts', 'etc/passwd', 'test.db']

describe('no address leads to a file that is not served', () => {
  test.each(UPWARDS)('%s', async (up) => {
    const service = await startTestService({ demo: true })
    for (const below of BELOW)
      for (const file of FILES) {
        const answer = await askRaw(service, `${below}${up}/${up}/${up}/${file}`)
        expect(answer).toMatch(/^HTTP\/1\.1 (400|403|404) /)
        expect(answer).not.toMatch(/root:|"dependencies"|await main|SQLite format/)
      }
    expect(service.logged()).not.toContain('"level":50')
  })
})

test.each([
  '/v1/sessions/%',
  '/v1/sessions/%ff',
  '/v1/sessions/%00',
  '/v1/sessions/%0d%0aSet-Cookie:%20a=b',
  '//evil.test/v1/sessions',
  'http://evil.test/v1/sessions',
  '/v1//sessions',
  '/V1/SESSIONS/x',
  `/v1/sessions/${'a'.repeat(10_000)}`,
  '/v1/sources/__proto__',
  '/v1/sessions/constructor',
  '/?a=1&a=2&__proto__[x]=1',
  '*',
])(
  '%s is answered in a sentence or with data, never with a fault, a redirect or another header',
  async (target) => {
    const service = await startTestService()
    const answer = await askRaw(service, target)
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404|431) /)
    expect(answer).not.toMatch(/^(set-cookie|location):/im)
    expect(service.logged()).not.toContain('"level":50')
  },
)

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  '%s is a name like any other for sources, their types, and keys',
  async (name) => {
    const service = await startTestService()
    const make = (body: object) =>
      service.ask('/v1/sources', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    const made = await make({ name, type: 'docs', writeKey: name })
    expect(made.status).toBe(201)
    const event = { id: 'e1', type: 'page', time: Date.now(), visitorId: name, session: { id: name } }
    expect((await service.send({ writeKey: name, sentAt: Date.now(), events: [event] })).status).toBe(200)
    expect(await service.read(`/v1/sessions?source=${name}`)).toMatchObject({
      sessions: [{ id: name, source: { name } }],
    })
    expect((await service.ask(`/v1/sessions?definition=${name}`)).status).toBeLessThan(500)
    expect((await make({ name: 'x', type: 'docs', [name]: 1, __proto__: null })).status).toBe(400)
    expect({}).not.toHaveProperty('polluted')
  },
)
