import type { SqliteDatabase } from '../../open-database.ts'
import type { ToldSession } from './session-writer.ts'

/** Writes a session that is one of `client`, whole, from the row of that one. */
export type CopySession = (session: ToldSession, clientRow: number) => void

const SAME = [
  ...['source_row', 'start', 'events', 'page_views', 'entry_name', 'exit_name', 'entry_path', 'exit_path'],
  ...['device', 'country', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'terms'],
  ...['rulebook', 'points', 'goals'],
]

/**
 * Over the connection of a story that sees the facts as `facts`, and whose words and identities are theirs. What the two sessions have in
 * common goes from table to table: to read it and to write it again takes twice as long.
 * `or fail`, since a statement that can be undone keeps a copy of each page that it changes, and a rebuild that fails is thrown away whole.
 */
export function createCopySession(db: SqliteDatabase): CopySession {
  const copy = db.prepare<[readonly unknown[]]>(
    `insert or fail into sessions (row, id, identity_row, derived, profile_row, duration, ends_at, settled, bounds, state, ${SAME.join()})
    select ?, ?, ?, 1, iif(profile_row = identity_row, ?, profile_row),
      iif(entry_name is null, 0, cast((? - start) / 1000 as integer)), ?, ?, ?, '', ${SAME.join()}
    from facts.sessions where row = ?`,
  )
  return ({ row, id, identityRow, lastTime, endsAt, isSettled, bounds }, clientRow) =>
    void copy.run([row, id, identityRow, identityRow, lastTime, endsAt, isSettled ? 1 : 0, bounds, clientRow])
}
