/**
 * A UUID made of a text, the same wherever it is made: version 8 (RFC 9562, section 5.8), 122 bits of a mix of 32-bit multiplications.
 * Whoever knows the id does not come back to the text, and two texts do not meet in practice; it is no cryptographic hash.
 * See docs/decisions/0003-what-the-sdk-weighs.md.
 */
export const derivedId = (text: string): string => {
  const words = [1, 2, 3, 4]
  let i = 0
  /** Mixes the next quarter of a letter into a word; gives a digit. */
  const mix = (): number =>
    (words[i & 3] = Math.imul(
      words[i & 3]! ^ text.charCodeAt(i >> 2) ^ (words[++i & 3]! >>> 15),
      0x9e3779b1,
    )) >>> 28
  // Past the end of the text too, where there is no letter, so that the last one has gone through every word several times.
  while (i < text.length * 4 + 99) mix()
  return 'xxxxxxxx-xxxx-8xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (digit) =>
    (digit > 'x' ? (mix() >> 2) | 8 : mix()).toString(16),
  )
}

/** The first 8 digits of a text's `derivedId`: tells two users or campaigns of one browser apart, and identifies nobody across browsers. */
export const shortHash = (text: string): string => derivedId(text).slice(0, 8)
