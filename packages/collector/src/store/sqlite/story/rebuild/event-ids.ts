import type { SqliteDatabase } from '../../open-database.ts'
import { unpackId } from '../../pack-id.ts'
import type { PackedId } from '../../pack-id.ts'

/** Ids of events by their rows. */
export interface EventIds {
  of(row: number): string
}

/** Over a connection that sees the facts as `facts`. */
export function createEventIds(db: SqliteDatabase): EventIds {
  const select = db.prepare<[number], PackedId>('select id from facts.events where row = ?').pluck()
  return { of: (row) => unpackId(select.get(row)!) }
}

/** Ids of the events in some places of a block, by place. They are read in the order of their rows, as they lie on the disk. */
export function idsAt(
  places: Uint32Array,
  rowAt: Uint32Array,
  ids: EventIds,
): readonly (string | undefined)[] {
  const found: (string | undefined)[] = []
  for (const place of places.sort((a, b) => rowAt[a]! - rowAt[b]!)) found[place] ??= ids.of(rowAt[place]!)
  return found
}
