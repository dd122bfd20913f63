/** Keys that are told in one go: `from <= key < to`. */
export interface KeyRange {
  readonly from: number
  readonly to: number
  readonly events: number
}

/** Ranges that hold all keys with events, each of at most so many events, or of one key that has more. `counts` has the events of each key. */
export function keyRanges(counts: Uint32Array, most: number): readonly KeyRange[] {
  const ranges: KeyRange[] = []
  let from = 0
  let events = 0
  for (let key = 0; key < counts.length; key++) {
    if (events > 0 && events + counts[key]! > most) {
      ranges.push({ from, to: key, events })
      from = key
      events = 0
    }
    events += counts[key]!
  }
  if (events > 0) ranges.push({ from, to: counts.length, events })
  return ranges
}
