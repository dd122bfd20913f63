import type { IncomingMessage } from 'node:http'
import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { WRITE_KEY, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import { renewedCookie } from './renew-cookie.ts'
import type { CookieRenewal } from './renew-cookie.ts'

const VISITOR = '3dbd1ac1-6a28-463a-a3c6-05593760831a'
const VALUE = `1.2.${VISITOR}.3.1qz6pd`
const SHOP = 'https://www.shop.example'

function renewed(
  cookie: string,
  host = 'collect.shop.example',
  renewal: CookieRenewal = true,
  isSecure = true,
) {
  return renewedCookie({ headers: { cookie, host } } as unknown as IncomingMessage, renewal, isSecure)
}

describe('the visitor cookie', () => {
  test('comes back as it was, for 400 days, on the domain it has, within reach of the SDK', () => {
    expect(renewed(`sj_s=1; sj_v=${VALUE}; other=2`)).toBe(
      `sj_v=${VALUE}; Path=/; Domain=shop.example; Max-Age=34560000; SameSite=Lax; Secure`,
    )
  })

  test('of an anonymous visitor, of this host alone, without https', () => {
    expect(renewed(`sj_v=1.0.${VISITOR}.1.`, 'localhost:8686', true, false)).toBe(
      `sj_v=1.0.${VISITOR}.1.; Path=/; Max-Age=34560000; SameSite=Lax`,
    )
  })

  test.each([
    ['1.3', 'collect.shop.co.uk:8443', true, 'Domain=shop.co.uk'],
    ['1.2', 'SHOP.EXAMPLE', true, 'Domain=shop.example'],
    ['1.2', '10.0.0.7:8686', 'shop.example', 'Domain=shop.example'],
  ] as const)('%s… at %s with %s has %s', (start, host, renewal, domain) => {
    expect(renewed(`sj_v=${start}.${VISITOR}.3.`, host, renewal)).toContain(`; ${domain};`)
  })

  test.each([
    ['1.2', 'collect.shop.example', false],
    ['1.4', 'collect.shop.example', true],
    ['1.1', 'collect.shop.example', true],
    ['1.2', '10.0.0.7', true],
    ['1.2', '[::1]:8686', true],
    ['1.2', 'evil.test; Domain=shop.example', true],
    ['1.2', '', true],
    ['1.3', 'shop.example', 'shop.example'],
  ] as const)('%s… at "%s" with %s is left alone', (start, host, renewal) => {
    expect(renewed(`sj_v=${start}.${VISITOR}.3.`, host, renewal)).toBeUndefined()
  })

  test.each([
    '',
    'sj_v=',
    'sj_v=x',
    `sj_v=2.2.${VISITOR}.3.`,
    `sj_v=1.2.${VISITOR}`,
    `sj_v=1.2.${VISITOR}.-3.`,
    `sj_v=1.2.${VISITOR}.3!.`,
    `sj_v=1.2.${VISITOR}.03.`,
    `sj_v=1.02.${VISITOR}.3.`,
    `sj_v=1.2.${VISITOR}.3.a.b`,
    `sj_v=1.2.${VISITOR}.3.a\u00e9`,
    `sj_v=1.2.${VISITOR}.3.a\tb`,
    `sj_v="${VALUE}"`,
    `sj_v=1.2.not-a-visitor.3.`,
    `sj_v=${VALUE}; sj_v=1.3.${VISITOR}.3.`,
    `xsj_v=${VALUE}`,
    `sj_s=${VALUE}`,
  ])('is not made of %j', (cookie) => {
    expect(renewed(cookie)).toBeUndefined()
  })
})

propertyTest.prop([
  fc.oneof(
    fc.string(),
    fc.string().map((text) => `${VALUE}${text}`),
  ),
])('what is set is what came, or nothing', (text) => {
  const set = renewed(`sj_v=${text}`)
  if (set !== undefined) expect(set.split('; ')[0]).toBe(`sj_v=${text.split(';')[0]!.trim()}`)
  expect(set ?? '').toMatch(/^[\w.;=/ -]*$/)
})

describe('over HTTP', () => {
  async function withShop(renewal: CookieRenewal): Promise<TestService> {
    const service = await startTestService({ cookieRenewal: renewal, trustProxy: 1 })
    const { sources } = service.collector
    await sources.add({ id: 'shop', name: 'Shop', type: 'product', origins: [SHOP], writeKey: 'pk_shop' })
    return service
  }
  const send = (service: TestService, headers: Record<string, string>, writeKey = 'pk_shop') =>
    service.send(
      {
        writeKey,
        sentAt: Date.now(),
        events: [{ id: 'e1', type: 'page', time: Date.now(), visitorId: VISITOR }],
      },
      { Cookie: `sj_v=${VALUE}`, Origin: SHOP, ...headers },
    )

  test('is off unless it is set', async () => {
    const answer = await send(await withShop(false), {})
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('an origin that the source names may send its cookie and read the answer; it is secure behind https', async () => {
    const service = await withShop('shop.example')
    const answer = await send(service, { 'X-Forwarded-Proto': 'https' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toBe(
      `sj_v=${VALUE}; Path=/; Domain=shop.example; Max-Age=34560000; SameSite=Lax; Secure`,
    )
    expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP)
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
    expect(answer.headers.get('vary')).toBe('Origin')
    expect((await send(service, {})).headers.get('set-cookie')).not.toContain('Secure')
  })

  test.each(['https://evil.test', 'null', 'https://www.shop.example.evil.test'])(
    '%s may not send its cookie along',
    async (origin) => {
      const answer = await send(await withShop('shop.example'), { Origin: origin }, WRITE_KEY)
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    },
  )

  test('a refused request renews nothing', async () => {
    const service = await withShop('shop.example')
    const answer = await send(service, { Origin: 'https://evil.test' })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null])
    expect((await send(service, {}, 'pk_none')).headers.get('set-cookie')).toBeNull()
  })

  test('no other route takes credentials from another origin', async () => {
    const service = await withShop('shop.example')
    for (const path of ['/v1/sessions', '/v1/login', '/v1/link', '/sojourn.js']) {
      const answer = await service.ask(path, { headers: { Origin: SHOP } })
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    }
  })
})
