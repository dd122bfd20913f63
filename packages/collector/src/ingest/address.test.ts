import type { IncomingMessage } from 'node:http'
import { fc, test as propertyTest } from '@fast-check/vitest'
import { BlockList } from 'node:net'
import { expect, test } from 'vitest'
import { createClientAddress, isProxyRange } from './client-address.ts'
import { keptAddress } from './keep-address.ts'

test.each([
  ['203.0.113.77', '203.0.113.0'],
  ['::ffff:203.0.113.77', '203.0.113.0'],
  ['2001:db8:85a3:8d3:1319:8a2e:370:7348', '2001:db8:85a3::'],
  ['2001:DB8::1', '2001:db8::'],
  ['2001:db8:85a3::', '2001:db8:85a3::'],
  ['::1', '::'],
  ['fe80::1%eth0', 'fe80::'],
  ['64:ff9b::192.0.2.1', '64:ff9b::'],
  ['1:0:3:4:5:6:7:8', '1:0:3::'],
])('%s is cut to %s', (address, cut) => {
  expect(keptAddress(address, 'truncate')).toBe(cut)
})

test.each(['', 'unknown', '_hidden', '203.0.113.77:8080', '<script>', '1.2.3', undefined])(
  '%s is no address, and nothing of it is kept',
  (address) => {
    expect(keptAddress(address, 'keep')).toBeUndefined()
    expect(keptAddress(address, 'truncate')).toBeUndefined()
  },
)

test('keep and drop', () => {
  expect(keptAddress('::ffff:203.0.113.77', 'keep')).toBe('203.0.113.77')
  expect(keptAddress('203.0.113.77', 'drop')).toBeUndefined()
})

propertyTest.prop([fc.ipV6()])(
  'a cut IPv6 address lies in the /48 of the whole one, and holds no more',
  (address) => {
    const cut = keptAddress(address, 'truncate')!
    if (!cut.includes(':')) return
    const block = new BlockList()
    block.addSubnet(cut, 48, 'ipv6')
    expect(block.check(address, 'ipv6')).toBe(true)
    expect(cut).toMatch(/^([0-9a-f]{1,4}:){0,3}:?:$|^::$/)
  },
)

function request(remoteAddress: string | undefined, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage
}

test('forwarded addresses are believed only where a proxy is trusted', () => {
  const forged = '198.51.100.1, 203.0.113.7'
  expect(createClientAddress(false)(request('10.0.0.1', forged))).toBe('10.0.0.1')
  expect(createClientAddress(1)(request('10.0.0.1', forged))).toBe('203.0.113.7')
  expect(createClientAddress(2)(request('10.0.0.1', forged))).toBe('198.51.100.1')
  expect(createClientAddress(['10.0.0.0/8'])(request('10.0.0.1', forged))).toBe('203.0.113.7')
  expect(createClientAddress(['10.0.0.0/8'])(request('192.0.2.1', forged))).toBe('192.0.2.1')
  expect(createClientAddress(1)(request(undefined))).toBeUndefined()
})

test('ranges that proxies can be named by', () => {
  expect(['loopback', '10.0.0.0/8', '::1', '192.0.2.1'].map(isProxyRange)).toEqual([true, true, true, true])
  expect(['', 'true', '10.0.0.0/99', 'proxy.example'].map(isProxyRange)).toEqual([false, false, false, false])
})
