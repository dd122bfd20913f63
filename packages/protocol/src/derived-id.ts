/**
 * A UUID made of a text, the same wherever it is made: version 8 (RFC 9562, section 5.8), 122 bits of a mix of 32-bit multiplications.
 * Whoever knows the id does not come back to the text, and two texts do not meet in practice; it is no cryptographic hash.
 * See docs/decisions/0003-what-the-sdk-weighs.md.
 */
export const derivedId = (text: string): string => {
  const words = [1, 2, 3, 4]
  // Past the end of the text too, where there is no letter, so that the last one has gone through every word several times.
  for (let i = 0; i < text.length * 4 + 99; i++)
    words[i & 3] = Math.imul(
      words[i & 3]! ^ text.charCodeAt(i >> 2) ^ (words[(i + 1) & 3]! >>> 15),
      0x9e3779b1,
    )
  return words
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('')
    .replace(/(.{8})(.{4}).(.{3}).(.{3})/, `$1-$2-8$3-${'89ab'[words[2]! >>> 30]}$4-`)
}

/** The first 8 digits of a text's `derivedId`: tells two users or campaigns of one browser apart, and identifies nobody across browsers. */
export const shortHash = (text: string): string => derivedId(text).slice(0, 8)
