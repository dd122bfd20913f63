import type { SqliteDatabase } from './open-database.ts'

/** A session as the table of terms knows it. */
export interface IndexedTerms {
  readonly start: number
  readonly terms: readonly string[]
}

/** What settled sessions hold anywhere, in order of their start. */
export interface SessionTermRows {
  add(row: number, indexed: IndexedTerms): void
  remove(row: number, indexed: IndexedTerms): void
}

/** Prepares the statements. */
export function createSessionTermRows(db: SqliteDatabase): SessionTermRows {
  const insert = db.prepare<[string, number, number]>('insert into session_terms values (?, ?, ?)')
  const remove = db.prepare<[string, number, number]>(
    'delete from session_terms where term = ? and start = ? and session_row = ?',
  )
  return {
    add(row, { start, terms }) {
      for (const term of terms) insert.run(term, start, row)
    },
    remove(row, { start, terms }) {
      for (const term of terms) remove.run(term, start, row)
    },
  }
}
