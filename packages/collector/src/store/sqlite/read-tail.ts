import { BadCursor } from '../store.ts'
import type { TailQuery } from '../queries.ts'
import type { EventTail } from '../store.ts'
import { eventConditions } from './event-conditions.ts'
import { SELECT_EVENTS, toStoredEvent } from './event-row.ts'
import type { EventRow } from './event-row.ts'
import type { SqliteDatabase } from './open-database.ts'
import type { StoreParts } from './store-parts.ts'

/** Events in the order in which they were stored, which is that of their rows. */
export type ReadTail = (query: TailQuery) => EventTail

/** Prepares the statement that finds the end. */
export function createReadTail(db: SqliteDatabase, parts: StoreParts): ReadTail {
  const lastRow = db.prepare<[], number>('select ifnull(max(row), 0) from events').pluck()

  return ({ after, mostBehind, limit, ...filters }) => {
    const end = lastRow.get() ?? 0
    // It can be beyond the end, where the file has since been put back from a backup: then nothing is after it, and the end is where to go on.
    const asked = after === undefined ? end : toRow(after)
    const start = Math.max(asked, end - mostBehind)
    const conditions = eventConditions(filters, parts)
    if (!conditions || start === end) return { rows: [], place: String(end), hasSkipped: start > asked }
    const where = ['e.row > :start', 'e.row <= :end', ...conditions.sql].join(' and ')
    const rows = db
      .prepare<[object], EventRow>(`${SELECT_EVENTS} where ${where} order by e.row limit :limit`)
      .all({ ...conditions.values, start, end, limit })
    const last = rows.length === limit ? rows.at(-1)?.row : undefined
    return {
      rows: rows.map((row) => ({ ...toStoredEvent(row, parts), place: String(row.row) })),
      place: String(last ?? end),
      hasSkipped: start > asked,
    }
  }
}

function toRow(place: string): number {
  if (!/^\d{1,15}$/.test(place)) throw new BadCursor('This is no place in the order of events.')
  return Number(place)
}
