import type { Fact } from '../../../ingest/fact.ts'
import { decodeFact } from '../event-row.ts'
import type { EventRow } from '../event-row.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { createRecentMap } from '../recent-map.ts'
import { StoreUnavailable } from '../../store.ts'
import type { StoreParts } from '../store-parts.ts'
import { createRecentFacts } from './recent-facts.ts'

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

/** As `SELECT_EVENTS`, without the session of `client`, and as a list: an object of so many fields takes as long as the rest. */
const SELECT = `select e.row, e.id, e.time, e.received_at, e.clock_offset, e.source_row, e.context_row, e.type, e.passive, e.body,
  e.checksum, w.text, i.kind, i.id
  from events e left join words w on w.row = e.name_row left join identities i on i.row = e.identity_row`

/** What `SELECT` selects. */
type EventValues = readonly [
  row: EventRow['row'],
  id: EventRow['id'],
  time: EventRow['time'],
  receivedAt: EventRow['received_at'],
  clockOffset: EventRow['clock_offset'],
  sourceRow: EventRow['source_row'],
  contextRow: EventRow['context_row'],
  type: EventRow['type'],
  passive: EventRow['passive'],
  body: EventRow['body'],
  checksum: EventRow['checksum'],
  name: EventRow['name'],
  kind: EventRow['kind'],
  identity: EventRow['identity'],
]

/** Prepares the statements. */
export function createFactsReader(db: SqliteDatabase, { contexts, sources }: StoreParts): FactsReader {
  const selectAfter = db
    .prepare<[number, number], EventValues>(`${SELECT} where e.row > ? order by e.row limit ?`)
    .raw()
  const selectOne = db.prepare<[number], EventValues>(`${SELECT} where e.row = ?`).raw()
  const selectPlace = db.prepare<[number], { time: number; sourceRow: number }>(
    'select time, source_row as sourceRow from events where row = ?',
  )
  const selectLast = db.prepare<[], number>('select ifnull(max(row), 0) from events').pluck()
  const selectSources = db.prepare<[], SourceRow>('select row, id, name, type from sources order by row')
  const remembered = createRecentMap<number, StoredFact>(REMEMBERED)
  const recent = createRecentFacts(REMEMBERED / 2)

  function remember(values: EventValues): StoredFact {
    const [row, , , , , sourceRow] = values
    const stored = { row, sourceRow, fact: decodeFact(eventRow(values), contexts, sources) }
    remembered.set(row, stored)
    return stored
  }

  function readAfter(row: number, limit: number): readonly StoredFact[] {
    const facts = selectAfter.all(row, limit).map((found) => remembered.get(found[0]) ?? remember(found))
    recent.add(row, facts)
    return facts
  }

  return {
    after(row, limit) {
      const known = recent.after(row, limit)
      if (!known) return readAfter(row, limit)
      if (known.length === limit) return known
      return [...known, ...readAfter(known.at(-1)?.row ?? row, limit - known.length)]
    },
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
      recent.forget()
      contexts.forget()
    },
  }
}

function eventRow(values: EventValues): EventRow {
  return {
    row: values[0],
    id: values[1],
    time: values[2],
    received_at: values[3],
    clock_offset: values[4],
    source_row: values[5],
    context_row: values[6],
    type: values[7],
    passive: values[8],
    body: values[9],
    checksum: values[10],
    name: values[11],
    kind: values[12],
    identity: values[13],
    session_id: null,
  }
}
