/** A UUID in its usual text form, of any version. */
export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/**
 * Sixteen bytes as a UUID of this version, variant 1 (RFC 9562, section 4): `[1, 2, …]` to `01020304-0506-4708-890a-…`.
 * Of longer input the first sixteen count.
 */
export function formatId(bytes: readonly number[], version: number): string {
  const hex = bytes.map((byte, i) => {
    const marked = i === 6 ? (byte & 15) | (version << 4) : i === 8 ? (byte & 63) | 128 : byte
    return (i > 3 && i < 11 && i % 2 < 1 ? '-' : '') + (marked + 256).toString(16).slice(1)
  })
  return hex.slice(0, 16).join('')
}

/**
 * The UUIDv5 of a name in a namespace, which must be a UUID (RFC 9562, section 5.5). Lone surrogates in the name count as U+FFFD.
 * Own code, because the library's is a fifth of what the SDK may weigh: docs/decisions/0003-own-ids-and-cookies.md.
 */
export function nameBasedId(name: string, namespace: string): string {
  const space = namespace.match(/[\da-f]{2}/g) ?? []
  const utf8 = unescape(encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd')))
  return formatId(
    sha1([...space.map((hex) => parseInt(hex, 16)), ...[...utf8].map((char) => char.charCodeAt(0))]),
    5,
  )
}

/** The SHA-1 of these bytes (FIPS 180-4, section 6.1), of which there are less than 2^29. */
function sha1(message: readonly number[]): number[] {
  const words: number[] = []
  const put = (byte: number, i: number) => (words[i >> 2] = words[i >> 2]! | (byte << (24 - (i & 3) * 8)))
  ;[...message, 128].forEach(put)
  words[(((message.length + 8) >> 6) << 4) + 15] = message.length * 8

  const hash = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const w: number[] = []
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d, e] = hash as [number, number, number, number, number]
    for (let i = 0; i < 80; i++) {
      w[i] = i < 16 ? words[block + i]! | 0 : rotate(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1)
      const mix =
        i < 20
          ? ((b & c) | (~b & d)) + 0x5a827999
          : i < 40
            ? (b ^ c ^ d) + 0x6ed9eba1
            : i < 60
              ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
              : (b ^ c ^ d) + 0xca62c1d6
      const next = (rotate(a, 5) + mix + e + w[i]!) | 0
      e = d
      d = c
      c = rotate(b, 30)
      b = a
      a = next
    }
    ;[a, b, c, d, e].forEach((part, i) => (hash[i] = (hash[i]! + part) | 0))
  }
  return hash.flatMap((word) => [24, 16, 8, 0].map((shift) => (word >> shift) & 255))
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
