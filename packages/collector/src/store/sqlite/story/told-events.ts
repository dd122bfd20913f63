import type { SqliteDatabase } from '../open-database.ts'
import type { StoredFact } from './facts-reader.ts'

/** Which events are told, whose they are and in which session. */
export interface ToldEvents {
  /** Notes an event that was not told yet. `sessionRow` 0: in no session. */
  add(stored: StoredFact, isActive: boolean, place: { identityRow: number; sessionRow: number }): void
  move(eventRow: number, sessionRow: number): void
  remove(eventRow: number): void
  /** Rows of a key's events from a time on, in order of time; those of one time in any order. */
  ofKey(identityRow: number, from: number, limit: number): readonly number[]
  /** Latest time of a key's events; undefined where it has none here. */
  latestOfKey(identityRow: number): number | undefined
  /** Rows of the last events of a key: all that have its latest time. */
  lastOfKey(identityRow: number): readonly number[]
  ofSession(sessionRow: number): readonly number[]
  /** The last events of a key, so many of them, from the last one back; those of one time in any order. */
  latest(identityRow: number, limit: number): readonly ToldEvent[]
}

/** An event as it is told. */
export interface ToldEvent {
  readonly row: number
  /** 0: in no session. */
  readonly sessionRow: number
  /** 1 for what the definition does not call passive. */
  readonly active: number
}

/** Rows of the events of the session in a row, which is bound twice. */
export const SELECT_MEMBERS = `select event_row from told where session_row = ?
  union all
  select abs(member.value) from packed join json_each(packed.events) member where session_row = ?`

/** Prepares the statements. */
export function createToldEvents(db: SqliteDatabase): ToldEvents {
  const add = db.prepare<number[]>(
    'insert into told (event_row, identity_row, time, session_row, source_row, active) values (?, ?, ?, ?, ?, ?)',
  )
  const move = db.prepare<[number, number]>('update told set session_row = ? where event_row = ?')
  const remove = db.prepare<[number]>('delete from told where event_row = ?')
  const rows = (sql: string) =>
    db.prepare<number[], number>(`select event_row from told where ${sql}`).pluck()
  const ofKey = rows('identity_row = ? and time >= ? order by time limit ?')
  const latestOfKey = db.prepare<[number], number | null>('select max(time) from told where identity_row = ?')
  latestOfKey.pluck()
  const lastOfKey = rows('identity_row = ? and time = (select max(time) from told where identity_row = ?)')
  const latest = db.prepare<[number, number], ToldEvent>(
    'select event_row as row, session_row as sessionRow, active from told where identity_row = ? order by time desc limit ?',
  )
  const ofSession = db.prepare<[number, number], number>(SELECT_MEMBERS).pluck()
  return {
    add: ({ row, sourceRow, fact }, isActive, { identityRow, sessionRow }) =>
      void add.run(row, identityRow, fact.time, sessionRow, sourceRow, Number(isActive)),
    move: (eventRow, sessionRow) => void move.run(sessionRow, eventRow),
    remove: (eventRow) => void remove.run(eventRow),
    ofKey: (identityRow, from, limit) => ofKey.all(identityRow, from, limit),
    latestOfKey: (identityRow) => latestOfKey.get(identityRow) ?? undefined,
    lastOfKey: (identityRow) => lastOfKey.all(identityRow, identityRow),
    ofSession: (sessionRow) => ofSession.all(sessionRow, sessionRow),
    latest: (identityRow, limit) => latest.all(identityRow, limit),
  }
}
