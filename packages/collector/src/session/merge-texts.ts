import { compareCodePoints } from './event-order.ts'

/** The union of two sorted lists without repetition, sorted, cut to its first `most`; `a` itself where `b` adds nothing. */
export function mergeTexts(a: readonly string[], b: readonly string[], most: number): readonly string[] {
  if (b.length === 0) return a
  // Most lists have a few texts, which are looked through faster than a set is made.
  const known = a.length > 16 ? new Set(a) : undefined
  const added = b.filter((text) => (known ? !known.has(text) : !a.includes(text)))
  return added.length === 0 ? a : [...a, ...added].sort(compareCodePoints).slice(0, most)
}
