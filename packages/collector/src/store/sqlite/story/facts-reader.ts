import type { Fact } from '../../../ingest/fact.ts'
import { decodeFact, SELECT_EVENTS } from '../event-row.ts'
import type { EventRow } from '../event-row.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { createRecentMap } from '../recent-map.ts'
import { StoreUnavailable } from '../../store.ts'
import type { StoreParts } from '../store-parts.ts'

/** A fact and where it is stored. */
export interface StoredFact {
  readonly row: number
  readonly sourceRow: number
  readonly fact: Fact
}

/** A source as definitions name it. */
export interface SourceRow {
  readonly row: number
  readonly id: string
  readonly name: string
  readonly type: string
}

/** Facts, read from one connection. */
export interface FactsReader {
  /** Facts that were stored after the one in this row, in the order in which they were. */
  after(row: number, limit: number): readonly StoredFact[]
  /** The fact in a row. Throws `EventGone` when there is none. */
  read(row: number): StoredFact
  /** When the fact in a row happened and where; undefined when there is none. */
  place(row: number): { readonly time: number; readonly sourceRow: number } | undefined
  /** Row of the fact that was stored last; 0 when there is none. */
  lastRow(): number
  sources(): readonly SourceRow[]
  /** Lets go of what is remembered: events were removed, and others may be stored in their rows. */
  forget(): void
}

/** A story points to an event that was removed since it was told. It is told anew; until then nothing can be said. */
export class EventGone extends StoreUnavailable {}

/** The stories take their turns at the same events. */
const REMEMBERED = 2_000

/** Prepares the statements. */
export function createFactsReader(db: SqliteDatabase, { contexts, sources }: StoreParts): FactsReader {
  const selectAfter = db.prepare<[number, number], EventRow>(
    `${SELECT_EVENTS} where e.row > ? order by e.row limit ?`,
  )
  const selectOne = db.prepare<[number], EventRow>(`${SELECT_EVENTS} where e.row = ?`)
  const selectPlace = db.prepare<[number], { time: number; sourceRow: number }>(
    'select time, source_row as sourceRow from events where row = ?',
  )
  const selectLast = db.prepare<[], number>('select ifnull(max(row), 0) from events').pluck()
  const selectSources = db.prepare<[], SourceRow>('select row, id, name, type from sources order by row')
  const remembered = createRecentMap<number, StoredFact>(REMEMBERED)

  function remember(row: EventRow): StoredFact {
    const stored = { row: row.row, sourceRow: row.source_row, fact: decodeFact(row, contexts, sources) }
    remembered.set(row.row, stored)
    return stored
  }

  return {
    after: (row, limit) =>
      selectAfter.all(row, limit).map((found) => remembered.get(found.row) ?? remember(found)),
    read(row) {
      const known = remembered.get(row)
      if (known) return known
      const found = selectOne.get(row)
      if (!found) throw new EventGone('Events were removed; the sessions of this definition are told anew.')
      return remember(found)
    },
    place: (row) => selectPlace.get(row),
    lastRow: () => selectLast.get() ?? 0,
    sources: () => selectSources.all(),
    forget() {
      remembered.clear()
      contexts.forget()
    },
  }
}
