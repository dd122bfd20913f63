import Database from 'better-sqlite3'

/** How many events a collector's file holds, by the number of its last row; a row is never numbered without being stored. */
export function countStoredEvents(file: string): number {
  const database = new Database(file, { readonly: true })
  try {
    return database.prepare<[], number | null>('select max(row) from events').pluck().get() ?? 0
  } finally {
    database.close()
  }
}
