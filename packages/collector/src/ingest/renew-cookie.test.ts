import type { IncomingMessage } from 'node:http'
import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { WRITE_KEY, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import { renewedCookie } from './renew-cookie.ts'
import type { CookieRenewal } from './renew-cookie.ts'

const VISITOR = '3dbd1ac1-6a28-463a-a3c6-05593760831a'
/** What follows the length of the domain: the third session, begun and last active then, with a user and a campaign. */
const STATE = `3.lwt0lwt0.lwt1lwt1.2.0.1.${VISITOR}.1a2b3c4d.5e6f7a8b..`
const VALUE = `1.12.${STATE}`
const KEPT = `3.0.0.1.0.1.${VISITOR}.1a2b3c4d...`
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
  test('has the visitor of the state and no session, for 400 days, on the same domain, within reach of the SDK', () => {
    expect(renewed(`sj_v=1; sj_s=${VALUE}; other=2`)).toBe(
      `sj_v=1.12.${KEPT}; Path=/; Domain=shop.example; Max-Age=34560000; SameSite=Lax; Secure`,
    )
  })

  test('of an anonymous visitor, of this host alone, without https', () => {
    expect(renewed(`sj_s=1.0.1.a.b.1.0.0.${VISITOR}....`, 'localhost:8686', true, false)).toBe(
      `sj_v=1.0.1.0.0.1.0.0.${VISITOR}....; Path=/; Max-Age=34560000; SameSite=Lax`,
    )
  })

  test.each([
    ['1.10', 'collect.shop.co.uk:8443', true, 'Domain=shop.co.uk'],
    ['1.12', 'SHOP.EXAMPLE', true, 'Domain=shop.example'],
    ['1.12', '10.0.0.7:8686', 'shop.example', 'Domain=shop.example'],
  ] as const)('%s… at %s with %s has %s', (start, host, renewal, domain) => {
    expect(renewed(`sj_s=${start}.${STATE}`, host, renewal)).toContain(`; ${domain};`)
  })

  test.each([
    ['1.12', 'collect.shop.example', false],
    ['1.11', 'collect.shop.example', true],
    ['1.7', 'collect.shop.example', true],
    ['1.40', 'collect.shop.example', true],
    ['1.8', '10.0.0.7', true],
    ['1.5', '[::1]:8686', true],
    ['1.12', 'evil.test; Domain=shop.example', true],
    ['1.12', '', true],
    ['1.16', 'shop.example', 'shop.example'],
  ] as const)('%s… at "%s" with %s is left alone', (start, host, renewal) => {
    expect(renewed(`sj_s=${start}.${STATE}`, host, renewal)).toBeUndefined()
  })

  test('waits where both would not fit into 200 bytes', () => {
    const own = `${STATE.slice(0, -1)}order-4711.`
    expect(renewed(`sj_s=1.12.${own}`)).toContain(KEPT)
    expect(renewed(`sj_s=1.12.${own}${'x'.repeat(36)}`)).toBeUndefined()
  })

  test.each([
    '',
    'sj_s=',
    'sj_s=x',
    `sj_s=2.12.${STATE}`,
    `sj_s=1.12.${VISITOR}`,
    `sj_s=1.12.${STATE}.`,
    `sj_s=1.12.-${STATE}`,
    `sj_s=1.12.${STATE}\u00e9`,
    `sj_s=1.12.${STATE}\tb`,
    `sj_s="${VALUE}"`,
    `sj_s=${VALUE.replace(VISITOR, 'not-a-visitor')}`,
    `sj_s=${VALUE}; sj_s=1.20.${STATE}`,
    `xsj_s=${VALUE}`,
    `sj_v=${VALUE}`,
  ])('is not made of %j', (cookie) => {
    expect(renewed(cookie)).toBeUndefined()
  })
})

propertyTest.prop([
  fc.oneof(
    fc.string(),
    fc.string().map((text) => `${VALUE}${text}`),
  ),
])('nothing that came but the visitor gets into a header', (text) => {
  const set = renewed(`sj_s=${text}`)
  expect(set ?? `sj_v=1.12.${KEPT};`).toMatch(/^sj_v=1\.12\.[\w.-]*;[\w.;=/ -]*$/)
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
      { Cookie: `sj_s=${VALUE}`, Origin: SHOP, ...headers },
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
      `sj_v=1.12.${KEPT}; Path=/; Domain=shop.example; Max-Age=34560000; SameSite=Lax; Secure`,
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
