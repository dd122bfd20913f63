import type { SqliteDatabase } from '../../open-database.ts'
import type { EventBlock } from './event-block.ts'

/** Fills a block with the events after a row, in the order of their rows; its length is 0 when there are none. The key is that of the facts. */
export type ReadBlock = (after: number, into: EventBlock) => void

const SPACE = 32
const MINUS = 45
const ZERO = 48

/**
 * Over a connection that sees the facts as `facts`. Numbers come as one text for many events, which SQLite writes and we read several times
 * as fast as rows and columns cross from one to the other.
 */
export function createReadBlock(db: SqliteDatabase, capacity: number): ReadBlock {
  const select = db
    .prepare<[number, number], Buffer | null>(
      `select cast(group_concat(row || ' ' || time || ' ' || identity_row || ' ' || ifnull(session_row, 0) || ' ' ||
        (2 * source_row + passive) || ' ' || name_row, ' ') || ' ' as blob)
      from (select * from facts.events where row > ? order by row limit ?)`,
    )
    .pluck()

  return (after, into) => {
    const text = select.get(after, capacity)
    into.length = 0
    if (!text) return
    let at = 0
    const next = (): number => {
      let value = 0
      const isNegative = text[at] === MINUS
      if (isNegative) at++
      for (let byte = text[at++]!; byte !== SPACE; byte = text[at++]!) value = value * 10 + byte - ZERO
      return isNegative ? -value : value
    }
    while (at < text.length) {
      const place = into.length++
      into.row[place] = next()
      into.time[place] = next()
      into.key[place] = next()
      into.session[place] = next()
      into.mark[place] = next()
      const name = next()
      if (into.extra.name) into.extra.name[place] = name
    }
  }
}
