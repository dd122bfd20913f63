import type { EventsQuery } from '../queries.ts'
import type { Page, StoredEvent } from '../store.ts'
import { decodeEventCursor, encodeCursor } from './cursor.ts'
import { eventConditions } from './event-conditions.ts'
import { SELECT_EVENTS, toStoredEvent } from './event-row.ts'
import type { EventRow } from './event-row.ts'
import type { SqliteDatabase } from './open-database.ts'
import { packId, unpackId } from './pack-id.ts'
import type { StoreParts } from './store-parts.ts'

/** Stored events, read from one connection. */
export interface ReadEvents {
  list(query: EventsQuery): Page<StoredEvent>
  ofSession(row: number, page: EventsPage): Page<StoredEvent>
}

export interface EventsPage {
  readonly limit: number
  readonly cursor?: string
}

/** How cursors name the two lists. */
const NEWEST_FIRST = 'events'
const OF_SESSION = 'session events'

/** Prepares the statements. */
export function createReadEvents(db: SqliteDatabase, parts: StoreParts): ReadEvents {
  const ofSession = db.prepare<[object], EventRow>(
    `${SELECT_EVENTS} where e.session_row = :session order by e.time, e.id limit :limit`,
  )
  const ofSessionAfter = db.prepare<[object], EventRow>(
    `${SELECT_EVENTS} where e.session_row = :session and (e.time, e.id) > (:time, :id) order by e.time, e.id limit :limit`,
  )

  function toPage(found: readonly EventRow[], limit: number, list: string): Page<StoredEvent> {
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    const hasMore = found.length > rows.length && last !== undefined
    return {
      rows: rows.map((row) => toStoredEvent(row, parts)),
      next: hasMore ? encodeCursor(list, [last.time, unpackId(last.id)]) : null,
    }
  }

  return {
    list(query) {
      const place = query.cursor === undefined ? undefined : decodeEventCursor(NEWEST_FIRST, query.cursor)
      const conditions = eventConditions(query, parts)
      if (!conditions) return { rows: [], next: null }
      const sql = [...conditions.sql, ...(place ? ['(e.time, e.id) < (:placeTime, :placeId)'] : [])]
      const where = sql.length > 0 ? `where ${sql.join(' and ')}` : ''
      const statement = db.prepare<[object], EventRow>(
        `${SELECT_EVENTS} ${where} order by e.time desc, e.id desc limit :limit`,
      )
      const at = place && { placeTime: place.time, placeId: packId(place.id) }
      return toPage(
        statement.all({ ...conditions.values, ...at, limit: query.limit + 1 }),
        query.limit,
        NEWEST_FIRST,
      )
    },
    ofSession(row, { limit, cursor }) {
      const values = { session: row, limit: limit + 1 }
      if (cursor === undefined) return toPage(ofSession.all(values), limit, OF_SESSION)
      const { time, id } = decodeEventCursor(OF_SESSION, cursor)
      return toPage(ofSessionAfter.all({ ...values, time, id: packId(id) }), limit, OF_SESSION)
    },
  }
}
