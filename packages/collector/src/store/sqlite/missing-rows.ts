import type { SqliteDatabase } from './open-database.ts'

/**
 * How many rows of the table of events hold none. Rows are numbered one after the other, so there are such only where events were removed;
 * where there are more than were noted, somebody else has removed an event.
 */
export interface MissingRows {
  /** Begins to count, within a transaction. Call what it returns with how many rows were added, or less than 0 where they were removed. */
  begin(): (added: number) => void
  /** Notes what was counted since. */
  note(): void
  /** How many rows were noted in all; undefined in a file that was never brought up to date. */
  noted(): number | undefined
}

/** Prefixed so that no setting of the collector's has this name. Migration 0011 writes it first. */
const NOTED = 'store.missing-rows'

/** Prepares the statements. */
export function createMissingRows(db: SqliteDatabase): MissingRows {
  const lastRow = db.prepare<[], number>('select ifnull(max(row), 0) from events').pluck()
  const read = db.prepare<[string], string>('select value from settings where name = ?').pluck()
  const write = db.prepare<[string, string]>('update settings set value = ? where name = ?')
  let before = 0
  let added = 0

  function noted(): number | undefined {
    const value = read.get(NOTED)
    return value === undefined ? undefined : Number(value)
  }

  return {
    begin() {
      before = lastRow.get() ?? 0
      added = 0
      return (rows) => (added += rows)
    },
    note() {
      const grown = (lastRow.get() ?? 0) - before
      write.run(String((noted() ?? 0) + grown - added), NOTED)
    },
    noted,
  }
}
