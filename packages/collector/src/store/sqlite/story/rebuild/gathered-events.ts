import type { BlockFile } from './block-file.ts'
import { copyEvent } from './event-block.ts'
import type { EventBlock } from './event-block.ts'
import type { EventIds } from './event-ids.ts'
import type { KeyRange } from './key-ranges.ts'
import { orderEvents } from './order-events.ts'

/** The events of one key: `from <= place < to` of a block. */
export interface KeyRun {
  readonly from: number
  readonly to: number
}

/**
 * Gathers the events of a range of keys from a file of blocks, key by key and each in (time, id) order, and returns where each key's are.
 * `keyOf` gives an event's key, or -1 for one that takes no part. `counts` has the events of each key.
 */
export function gatherEvents(
  file: BlockFile,
  { read, into, range, counts }: { read: EventBlock; into: EventBlock; range: KeyRange; counts: Uint32Array },
  { keyOf, ids }: { keyOf: (block: EventBlock, place: number) => number; ids: EventIds },
): readonly KeyRun[] {
  const { from, to } = range
  const places = new Uint32Array(to - from)
  const runs: KeyRun[] = []
  let length = 0
  for (let key = from; key < to; key++) {
    places[key - from] = length
    if (counts[key]! > 0) runs.push({ from: length, to: length + counts[key]! })
    length += counts[key]!
  }
  file.replay(read, (block) => {
    for (let at = 0; at < block.length; at++) {
      const key = keyOf(block, at)
      if (key < from || key >= to) continue
      const place = places[key - from]!++
      copyEvent(block, at, into, place)
      into.key[place] = key
    }
  })
  into.length = length
  for (const run of runs) orderEvents(into, run, ids)
  return runs
}
