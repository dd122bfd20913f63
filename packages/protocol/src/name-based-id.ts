/** A UUID in its usual text form, of any version. */
export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** 32-bit words as 8 hexadecimal digits each; fractions and higher bits are cut off. */
export function hexText(words: readonly number[]): string {
  return words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The first 32 of these hexadecimal digits as a UUID of this version, variant 1: RFC 9562, section 4. */
export function formatId(digits: string, version: number): string {
  return digits.replace(
    /^(.{8})(.{4}).(.{3})(.)(.{3})(.{12}).*/,
    (_, a, b, c, variant, d, e) => `${a}-${b}-${version}${c}-${'89ab'[parseInt(variant, 16) & 3]}${d}-${e}`,
  )
}

/**
 * The UUIDv5 of a name in a namespace: RFC 9562, section 5.5. `name` is up to 39 ASCII characters, which with the namespace (a UUID)
 * fill one block of SHA-1: FIPS 180-4, section 6.1. What comes of other texts is nobody's UUIDv5, but the same each time.
 * Own code, because the library weighs three times as much: docs/decisions/0003-what-the-sdk-weighs.md.
 */
export function nameBasedId(name: string, namespace: string): string {
  const start = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0] as const
  const bytes = namespace.replace(/-?(..)/g, (_, pair) => String.fromCharCode(parseInt(pair, 16))) + name
  const w = Array<number>(16).fill(0)
  ;[...bytes, '\x80'].forEach((byte, i) => (w[i >> 2]! |= byte.charCodeAt(0) << (24 - (i % 4) * 8)))
  w[15] = bytes.length * 8
  let [a, b, c, d, e]: number[] = [...start]
  for (let i = 0; i < 80; i++) {
    if (i > 15) w[i] = rotate(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1)
    const round = (i / 20) | 0
    const mix =
      round === 0 ? (b! & c!) | (~b! & d!) : round === 2 ? (b! & c!) | (b! & d!) | (c! & d!) : b! ^ c! ^ d!
    // The standard's four constants are the square roots of 2, 3, 5 and 10, times 2^30.
    const next = (rotate(a!, 5) + mix + e! + w[i]! + Math.floor(2 ** 30 * [2, 3, 5, 10][round]! ** 0.5)) | 0
    ;[a, b, c, d, e] = [next, a!, rotate(b!, 30), c!, d!]
  }
  return formatId(hexText([a!, b!, c!, d!].map((word, i) => word + start[i]!)), 5)
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
