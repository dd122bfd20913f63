import { readStatement } from './read-statement.ts'
import type { Fact } from '../../ingest/fact.ts'
import { eventChecksum } from './checksum.ts'
import { encodeBody, TYPE_CODES } from './event-row.ts'
import type { Identity } from './identities.ts'
import type { SqliteDatabase } from './open-database.ts'
import { packId } from './pack-id.ts'
import type { StoreParts } from './store-parts.ts'

/** Stores an event, in the session of that row if it has one. Returns its row; undefined, and nothing is stored, when its id is there already. */
export type InsertEvent = (fact: Fact, owner: Identity, sessionRow: number | undefined) => number | undefined

/** Prepares the statement. */
export function createInsertEvent(db: SqliteDatabase, parts: StoreParts): InsertEvent {
  const insert = db.prepare(readStatement('./insert-event.sql'))
  return (fact, owner, sessionRow) => {
    const { event } = fact
    if (!Number.isSafeInteger(fact.time) || !Number.isSafeInteger(fact.receivedAt))
      throw new RangeError(
        `A fact's times must be whole epoch milliseconds: ${fact.time}, ${fact.receivedAt}.`,
      )
    const sourceRow = parts.sources.intern(fact.sourceId)
    const contextRow = parts.contexts.intern(fact.context).row
    const body = encodeBody(fact)
    const { changes, lastInsertRowid } = insert.run(
      packId(event.id),
      sessionRow ?? null,
      owner.row,
      fact.time,
      fact.receivedAt,
      fact.clockOffsetMs,
      sourceRow,
      contextRow,
      TYPE_CODES[event.type],
      parts.words.intern(event.name),
      Number(event.passive),
      Number(event.session !== undefined),
      Number(owner.told),
      body,
      eventChecksum({
        id: event.id,
        time: fact.time,
        receivedAt: fact.receivedAt,
        clockOffsetMs: fact.clockOffsetMs,
        sourceRow,
        contextRow,
        type: event.type,
        name: event.name,
        passive: event.passive,
        identity: owner.key.id,
        body,
      }),
    )
    return changes === 1 ? Number(lastInsertRowid) : undefined
  }
}
