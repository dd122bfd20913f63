import { compareEvents, later } from '../../../session/event-order.ts'
import type { EventRef } from '../../../session/event-order.ts'
import type { SqliteDatabase } from '../open-database.ts'

/** Row of a session, and the event that it begins with. */
export interface SessionStart extends EventRef {
  readonly row: number
  /** When it is over: where no event ended it, its timeout after its last activity. */
  readonly endsAt: number
  /** 1 where an event ended it. */
  readonly isEnded: number
}

/** Where the sessions of a key begin, of those that are written. */
export interface SessionStarts {
  /** The last session of a key. */
  last(identityRow: number): SessionStart | undefined
  /** The last session of a key that begins before an event. */
  before(identityRow: number, ref: EventRef): SessionStart | undefined
}

/** Prepares the statements. */
export function createSessionStarts(db: SqliteDatabase): SessionStarts {
  const columns = `select row, start as time, bounds ->> '$.start.event' as id, ends_at as endsAt,
    bounds ->> '$.end' is not null as isEnded from sessions where identity_row = :key`
  const at = db.prepare<[object], SessionStart>(`${columns} and start = :time`)
  const latest = db.prepare<[object], number | null>(
    'select max(start) from sessions where identity_row = :key and start <= :time',
  )
  latest.pluck()

  /** The last of those that begin at a time, which are one, or few. */
  function lastAt(
    key: number,
    time: number,
    isMeant: (start: SessionStart) => boolean,
  ): SessionStart | undefined {
    return at.all({ key, time }).filter(isMeant).reduce<SessionStart | undefined>(later, undefined)
  }

  return {
    last(key) {
      const time = latest.get({ key, time: Number.MAX_SAFE_INTEGER })
      return time === null || time === undefined ? undefined : lastAt(key, time, () => true)
    },
    before(key, ref) {
      const together = lastAt(key, ref.time, (start) => compareEvents(start, ref) < 0)
      if (together) return together
      const time = latest.get({ key, time: ref.time - 1 })
      return time === null || time === undefined ? undefined : lastAt(key, time, () => true)
    },
  }
}
