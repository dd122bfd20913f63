import { isIP } from 'node:net'

export const ADDRESS_MODES = ['truncate', 'keep', 'drop'] as const
/** How much of an address is kept: without its last part, all of it, or none. */
export type AddressMode = (typeof ADDRESS_MODES)[number]

/** 48 bits. */
const KEPT_GROUPS = 3

/**
 * The part of an address that may be stored. `truncate` zeroes the last octet of an IPv4 address and all but the first 48 bits of an IPv6
 * one, as Google Analytics and the French CNIL have it. Undefined for `drop`, and for what is no address (proxies forward anything).
 */
export function keptAddress(address: string | undefined, mode: AddressMode): string | undefined {
  const whole = plainAddress(address)
  if (whole === undefined || mode === 'drop') return undefined
  if (mode === 'keep') return whole
  return isIP(whole) === 4 ? whole.replace(/\d+$/, '0') : addressPrefix(whole, KEPT_GROUPS)
}

/** An address without its zone, and an IPv4 one written as IPv6 (`::ffff:192.0.2.1`) as itself; undefined for what is none. */
export function plainAddress(address: string | undefined): string | undefined {
  const [bare = ''] = (address ?? '').split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  const plain = mapped ?? bare.toLowerCase()
  return isIP(plain) === 0 ? undefined : plain
}

/** The first `groups` of the eight groups of an IPv6 address, as the network they stand for: `2001:db8::`. */
export function addressPrefix(address: string, groups: number): string {
  const [head = '', tail] = address.split('::')
  const split = (text: string) => (text === '' ? [] : text.split(':'))
  const left = split(head)
  // A trailing dotted quad stands for two groups; it is never among the first ones unless "::" is missing, which isIP refuses.
  const rightLength = split(tail ?? '').reduce((sum, group) => sum + (group.includes('.') ? 2 : 1), 0)
  const missing = tail === undefined ? 0 : 8 - left.length - rightLength
  const all = [...left, ...Array<string>(missing).fill('0'), ...split(tail ?? '')]
  const kept = all.slice(0, groups).map((group) => Number.parseInt(group, 16).toString(16))
  while (kept.at(-1) === '0') kept.pop()
  return `${kept.join(':')}::`
}
