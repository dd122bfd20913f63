import type { SqliteDatabase } from '../../open-database.ts'
import { unpackId } from '../../pack-id.ts'
import type { PackedId } from '../../pack-id.ts'

/** Ids of events by their rows. */
export interface EventIds {
  of(row: number): string
  /** Those of several rows, in the order of these. */
  all(rows: Uint32Array): readonly string[]
}

/** What stands in a list for an id that is no UUID. */
const OTHER = '-'

/** Over a connection that sees the facts as `facts`. */
export function createEventIds(db: SqliteDatabase): EventIds {
  const select = db.prepare<[number], PackedId>('select id from facts.events where row = ?').pluck()
  const selectAll = db
    .prepare<[string], string | null>(
      `select group_concat(iif(typeof(e.id) = 'blob', lower(hex(e.id)), '${OTHER}'), ' ')
      from json_each(?) wanted cross join facts.events e on e.row = wanted.value`,
    )
    .pluck()
  const of = (row: number) => unpackId(select.get(row)!)
  return {
    of,
    all(rows) {
      const list = rows.length === 0 ? [] : selectAll.get(`[${rows.join()}]`)!.split(' ')
      return list.map((hex, place) => (hex === OTHER ? of(rows[place]!) : withHyphens(hex)))
    },
  }
}

/** Ids of the events in some places of a block, by place. They are read in the order of their rows, as they lie on the disk. */
export function idsAt(
  places: Uint32Array,
  rowAt: Uint32Array,
  ids: EventIds,
): readonly (string | undefined)[] {
  const inOrder = places.sort((a, b) => rowAt[a]! - rowAt[b]!)
  const all = ids.all(inOrder.map((place) => rowAt[place]!))
  const found: (string | undefined)[] = []
  inOrder.forEach((place, i) => (found[place] = all[i]))
  return found
}

function withHyphens(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
