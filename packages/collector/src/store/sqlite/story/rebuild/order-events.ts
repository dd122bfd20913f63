import { compareEvents } from '../../../../session/event-order.ts'
import { copyEvent, createEventBlock } from './event-block.ts'
import type { EventBlock, ExtraColumn } from './event-block.ts'
import type { EventIds } from './event-ids.ts'

/** Brings the events of one key, `from <= place < to`, into the order of (time, id), in place. */
export function orderEvents(
  block: EventBlock,
  { from, to }: { from: number; to: number },
  ids: EventIds,
): void {
  const { time, row } = block
  let isInOrder = true
  for (let i = from + 1; i < to && isInOrder; i++)
    isInOrder =
      time[i]! > time[i - 1]! || (time[i] === time[i - 1] && compareIds(ids, row[i - 1]!, row[i]!) < 0)
  if (isInOrder) return
  const places = Uint32Array.from({ length: to - from }, (_, i) => from + i)
  places.sort((a, b) => time[a]! - time[b]! || compareIds(ids, row[a]!, row[b]!))
  const copy = createEventBlock(to - from, Object.keys(block.extra) as ExtraColumn[])
  places.forEach((place, i) => copyEvent(block, place, copy, i))
  for (let i = from; i < to; i++) copyEvent(copy, i - from, block, i)
}

function compareIds(ids: EventIds, a: number, b: number): number {
  return a === b ? 0 : compareEvents({ time: 0, id: ids.of(a) }, { time: 0, id: ids.of(b) })
}
