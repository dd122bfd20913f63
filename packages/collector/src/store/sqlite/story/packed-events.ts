import type { SqliteDatabase } from '../open-database.ts'
import type { FactsReader } from './facts-reader.ts'

/**
 * The events of keys that a rebuild told and that no event has come to since. A rebuild writes them as one list a session, which takes a
 * tenth of the time of a row an event; what keeps a story up to date wants rows.
 */
export interface PackedEvents {
  /** Writes what is packed of a key's events as rows of `told`. Does nothing for a key that has none. */
  unpack(identityRow: number): void
  has(identityRow: number): boolean
  /** True where an event of the key is packed that is in no session. */
  hasOutside(identityRow: number): boolean
  /** Time of the last event that is packed in a session; undefined where none is. */
  latestOf(identityRow: number, sessionRow: number): number | undefined
  /** Forgets what it remembers: a transaction was undone, or another process wrote. */
  forget(): void
}

/** The text for a session's events: their rows, and which of them are passive. */
export function packEvents(
  length: number,
  rowAt: (place: number) => number,
  isPassive: (place: number) => boolean,
): string {
  let text = '['
  for (let place = 0; place < length; place++) {
    if (place > 0) text += ','
    text += isPassive(place) ? -rowAt(place) : rowAt(place)
  }
  return `${text}]`
}

/** Prepares the statements, over the writing connection of a story. */
export function createPackedEvents(db: SqliteDatabase, facts: FactsReader): PackedEvents {
  const hasAny = db.prepare<[], number>('select exists (select 1 from packed)').pluck()
  const select = db.prepare<[number], { sessionRow: number; events: string }>(
    'select session_row as sessionRow, events from packed where identity_row = ?',
  )
  const remove = db.prepare<[number]>('delete from packed where identity_row = ?')
  const tell = db.prepare<number[]>(
    'insert into told (event_row, identity_row, time, session_row, source_row, active) values (?, ?, ?, ?, ?, ?)',
  )
  const ofKey = db
    .prepare<[number], number>('select exists (select 1 from packed where identity_row = ?)')
    .pluck()
  const outside = db
    .prepare<[number], number>(
      'select exists (select 1 from packed where identity_row = ? and session_row = 0)',
    )
    .pluck()
  const ofSession = db
    .prepare<[number, number], string>('select events from packed where identity_row = ? and session_row = ?')
    .pluck()
  let isEmpty: boolean | undefined

  function isUnused(): boolean {
    return (isEmpty ??= hasAny.get() === 0)
  }

  return {
    has: (identityRow) => !isUnused() && ofKey.get(identityRow) === 1,
    hasOutside: (identityRow) => !isUnused() && outside.get(identityRow) === 1,
    latestOf(identityRow, sessionRow) {
      const events = ofSession.get(identityRow, sessionRow)
      // They are listed in their order.
      const last = events?.slice(Math.max(events.lastIndexOf('['), events.lastIndexOf(',')) + 1, -1)
      return last === undefined ? undefined : facts.place(Math.abs(Number(last)))?.time
    },
    unpack(identityRow) {
      if (isUnused()) return
      const packed = select.all(identityRow)
      if (packed.length === 0) return
      for (const { sessionRow, events } of packed)
        for (const member of JSON.parse(events) as number[]) {
          const row = Math.abs(member)
          const place = facts.place(row)
          if (place) tell.run(row, identityRow, place.time, sessionRow, place.sourceRow, Number(member > 0))
        }
      remove.run(identityRow)
    },
    forget() {
      isEmpty = undefined
    },
  }
}
