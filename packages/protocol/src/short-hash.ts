/**
 * A hash of any text in 1–7 characters `[0-9a-z]`: FNV-1a, 32 bit, over UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/).
 * It tells two users or campaigns of one browser apart; it keeps no secret and identifies nobody across browsers.
 */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}
