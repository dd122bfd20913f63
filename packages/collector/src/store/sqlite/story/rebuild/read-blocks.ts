import type { SqliteDatabase } from '../../open-database.ts'
import type { EventBlock } from './event-block.ts'
import { readNumbers } from './read-numbers.ts'

/** Fills a block with the events after a row, in the order of their rows; its length is 0 when there are none. The key is that of the facts. */
export type ReadBlock = (after: number, into: EventBlock) => void

/** Over a connection that sees the facts as `facts`. */
export function createReadBlock(
  db: SqliteDatabase,
  { capacity, readsNames }: { readonly capacity: number; readonly readsNames: boolean },
): ReadBlock {
  const select = db
    .prepare<[number, number], Buffer | null>(
      `select cast(group_concat(row || ' ' || time || ' ' || identity_row || ' ' || ifnull(session_row, 0) || ' ' ||
        (2 * source_row + passive)${readsNames ? " || ' ' || name_row" : ''}, ' ') || ' ' as blob)
      from (select * from facts.events where row > ? order by row limit ?)`,
    )
    .pluck()

  return (after, into) => {
    const text = select.get(after, capacity)
    into.length = 0
    if (!text) return
    const numbers = readNumbers(text)
    while (!numbers.isAtEnd()) {
      const place = into.length++
      into.row[place] = numbers.next()
      into.time[place] = numbers.next()
      into.key[place] = numbers.next()
      into.session[place] = numbers.next()
      into.mark[place] = numbers.next()
      if (readsNames) into.extra.name![place] = numbers.next()
    }
  }
}
