import { StoreDamaged } from '../store.ts'
import type { LiveSessions } from './live-sessions.ts'
import type { MoveEvents } from './move-events.ts'
import type { SqliteDatabase } from './open-database.ts'

/**
 * How far the rows of sessions are right: they hold at least all events up to the mark. What lies behind it may be missing in them, where a
 * process ended before it wrote its sessions, or where another one has them in memory.
 */
export interface ToldUpTo {
  /** Folds the sessions of the events behind the mark again; at the begin of a transaction, with no session in memory. */
  resume(): void
  /** Moves the mark to where it is now, if that is at least `atLeast` events further; at the end of a transaction, with all sessions written that are. */
  keep(atLeast: number): void
  /** Moves the mark to the last event, also back where events were removed; at the end of a transaction, with all sessions written. */
  restart(): void
}

const SETTING = 'store.told-up-to'
const READ = 'select cast(value as integer) from settings where name = ?'
const SESSIONS_BEHIND =
  'select distinct s.row from events e join sessions s on s.row = e.session_row where e.row > ?'

/** The mark of a file; undefined where its sessions are never behind. `schema` is the name that the connection has for it. */
export function readMark(db: SqliteDatabase, schema: 'main' | 'facts' = 'main'): number | undefined {
  const statement = db.prepare<[string], number>(READ.replace('settings', `${schema}.settings`))
  return statement.pluck().get(SETTING)
}

/** Rows of the sessions that may lack events right now. */
export function sessionsBehind(db: SqliteDatabase): ReadonlySet<number> {
  const mark = readMark(db)
  if (mark === undefined) return new Set()
  return new Set(db.prepare<[number], number>(SESSIONS_BEHIND).pluck().all(mark))
}

/** Prepares the statements. */
export function createToldUpTo(
  db: SqliteDatabase,
  sessions: LiveSessions,
  move: Pick<MoveEvents, 'refold'>,
): ToldUpTo {
  const read = db.prepare<[string], number>(READ).pluck()
  const write = db.prepare<[string, string]>(
    'insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  )
  const lastRow = db.prepare<[], number>('select ifnull(max(row), 0) from events').pluck()
  const selectBehind = db.prepare<[number], number>(SESSIONS_BEHIND).pluck()
  let mark = 0

  function moveTo(row: number): void {
    write.run(SETTING, String(row))
    mark = row
  }

  /** What is damaged stays as it was told so far, and keeps nobody from committing. Whoever reads it is told. */
  function refold(row: number): void {
    try {
      move.refold(sessions.read(row))
    } catch (error) {
      if (!(error instanceof StoreDamaged)) throw error
    }
  }

  return {
    resume() {
      const found = read.get(SETTING)
      // A file without a mark was written by a version whose sessions were never behind.
      if (found === undefined) moveTo(lastRow.get()!)
      else mark = found
      for (const row of selectBehind.all(mark)) refold(row)
    },
    restart: () => moveTo(lastRow.get()!),
    keep(atLeast) {
      const missing = sessions.firstMissing()
      const now = missing === undefined ? lastRow.get()! : missing - 1
      if (now - mark >= atLeast) moveTo(now)
    },
  }
}
