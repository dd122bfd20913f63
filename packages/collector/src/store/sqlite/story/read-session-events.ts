import type { Page, StoredEvent } from '../../store.ts'
import { decodeEventCursor, encodeCursor } from '../cursor.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { packId } from '../pack-id.ts'
import type { EventsPage } from '../read-events.ts'
import type { FactsReader } from './facts-reader.ts'

/** The events of the session in a row, whose id they are given; oldest first. Throws `BadCursor`. */
export type ReadSessionEvents = (sessionRow: number, sessionId: string, page: EventsPage) => Page<StoredEvent>

const LIST = 'session events'

/** Prepares the statements, over the reading connection of a story. */
export function createReadSessionEvents(db: SqliteDatabase, facts: FactsReader): ReadSessionEvents {
  const of = 'select row from events where session_row = :session'
  const order = 'order by time, id limit :limit'
  const first = db.prepare<[object], number>(`${of} ${order}`).pluck()
  const after = db.prepare<[object], number>(`${of} and (time, id) > (:time, :id) ${order}`).pluck()
  return (session, sessionId, { limit, cursor }) => {
    const values = { session, limit: limit + 1 }
    const place = cursor === undefined ? undefined : decodeEventCursor(LIST, cursor)
    const found = place ? after.all({ ...values, time: place.time, id: packId(place.id) }) : first.all(values)
    const rows = found.slice(0, limit).map((row) => ({ fact: facts.read(row).fact, sessionId }))
    const last = rows.at(-1)?.fact
    return {
      rows,
      next: found.length > limit && last ? encodeCursor(LIST, [last.time, last.event.id]) : null,
    }
  }
}
