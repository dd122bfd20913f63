import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { createLinkDesk } from './link-desk.ts'
import { LINK_TOKEN_MS, createLinkSecret, isHost, openLink, sealLink } from './link-token.ts'

const secret = createLinkSecret()
const VISITOR = '3dbd1ac1-6a28-463a-a3c6-05593760831a'
const visit = `1717055063243~app.example~2.a.b.2.0.0.${VISITOR}....`
const claims = { visit }
const at = (here: string) => (host: string) => host === here

function deskAt(start: number) {
  let now = start
  const desk = createLinkDesk(secret, () => now)
  return { desk, pass: (ms: number) => (now += ms) }
}

describe('a link token', () => {
  test('is honoured once, at its host, with what was claimed', () => {
    const { desk } = deskAt(1_000)
    const token = desk.issue(visit)
    expect(desk.redeem(token, at('app.example'))).toEqual({ visit })
    expect(desk.redeem(token, at('app.example'))).toBe('used')
  })

  test('is refused at another host, and still good at its own afterwards', () => {
    const { desk } = deskAt(1_000)
    const token = desk.issue(visit)
    expect(desk.redeem(token, at('evil.example'))).toBe('wrong_host')
    expect(desk.redeem(token, at('app.example'))).toEqual({ visit })
  })

  test('is stale after two minutes, not a millisecond sooner', () => {
    const { desk, pass } = deskAt(1_000)
    const first = desk.issue(visit)
    const second = desk.issue(visit)
    pass(LINK_TOKEN_MS - 1)
    expect(desk.redeem(first, at('app.example'))).toEqual({ visit })
    pass(1)
    expect(desk.redeem(second, at('app.example'))).toBe('stale')
  })

  test('from before a restart, or from the future, is stale', () => {
    const { desk } = deskAt(1_000)
    expect(deskAt(1_001).desk.redeem(desk.issue(visit), at('app.example'))).toBe('stale')
    expect(deskAt(999).desk.redeem(desk.issue(visit), at('app.example'))).toBe('stale')
  })

  test('of another secret is forged', () => {
    const { desk } = deskAt(1_000)
    const other = sealLink({ ...claims, issuedAt: 1_000 }, createLinkSecret())
    expect(desk.redeem(other, at('app.example'))).toBe('forged')
  })

  test('that is plain, because it was not asked for in time, is honoured once and at its host, too', () => {
    const { desk } = deskAt(1_000)
    expect(desk.redeem(visit, at('evil.example'))).toBe('wrong_host')
    expect(desk.redeem(visit, at('app.example'))).toEqual({ visit })
    expect(desk.redeem(visit, at('app.example'))).toBe('used')
  })

  test.each([
    ['without a time', visit.slice(13)],
    ['without a host', visit.replace('app.example', '')],
    ['for no host', visit.replace('app.example', 'https://app.example')],
    ['of no visit', visit.slice(0, -3)],
    ['with more to it', `${visit}~x`],
  ])('%s is forged', (_, token) => {
    const { desk } = deskAt(1_000)
    expect(desk.redeem(token, () => true)).toBe('forged')
    expect(desk.redeem(desk.issue(token), () => true)).toBe('forged')
  })

  test('shows nobody the visitor', () => {
    const token = sealLink({ ...claims, issuedAt: 1_000 }, secret)
    expect(Buffer.from(token, 'base64url').includes(VISITOR)).toBe(false)
    expect(token).toMatch(/^[\w-]+$/)
  })

  test('stays used however many others are redeemed within its two minutes', () => {
    const { desk, pass } = deskAt(1_000)
    const token = desk.issue(visit)
    desk.redeem(token, at('app.example'))
    for (let i = 0; i < 2_000; i++) {
      pass(10)
      desk.redeem(desk.issue(visit), at('app.example'))
    }
    expect(desk.redeem(token, at('app.example'))).toBe('used')
  })
})

propertyTest.prop([fc.nat(), fc.integer({ min: 1, max: 255 })])(
  'no token survives a changed byte',
  (at, change) => {
    const bytes = Buffer.from(sealLink({ ...claims, issuedAt: 1_000 }, secret), 'base64url')
    bytes[at % bytes.length]! ^= change
    expect(openLink(bytes.toString('base64url'), secret)).toBeUndefined()
  },
)

propertyTest.prop([fc.string()])('no text is a token by chance, none throws', (text) => {
  expect(openLink(text, secret)).toBeUndefined()
})

test.each(['app.example', 'app.example:8443', '127.0.0.1:80', '[::1]:8686', 'xn--bcher-kva.example'])(
  '%s is a host',
  (host) => {
    expect(isHost(host)).toBe(true)
  },
)

test.each(['', 'App.example', 'a b', 'https://a', 'a/b', 'a:123456', 7, null, 'a'.repeat(200)])(
  '%s is no host',
  (host) => {
    expect(isHost(host)).toBe(false)
  },
)
