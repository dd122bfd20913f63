import type { SqliteDatabase } from '../../open-database.ts'
import { unpackId } from '../../pack-id.ts'
import type { PackedId } from '../../pack-id.ts'

/** Ids of events by their rows. */
export interface EventIds {
  of(row: number): string
  /** The ids of many rows, which are read in order of the rows, as they lie on the disk. */
  ofAll(rows: Iterable<number>): ReadonlyMap<number, string>
}

/** Over a connection that sees the facts as `facts`. */
export function createEventIds(db: SqliteDatabase): EventIds {
  const select = db.prepare<[number], PackedId>('select id from facts.events where row = ?').pluck()
  const of = (row: number) => unpackId(select.get(row)!)
  return {
    of,
    ofAll: (rows) => new Map(Array.from(Uint32Array.from(rows).sort(), (row) => [row, of(row)])),
  }
}
