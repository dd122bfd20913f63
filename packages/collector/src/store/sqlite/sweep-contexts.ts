import type { SqliteDatabase } from './open-database.ts'
import type { StoreParts } from './store-parts.ts'

/** Removes contexts that no event has any more, which takes a look at all events: so many in one step, and something else in between. */
const EVENTS_A_STEP = 20_000

/** Prepares the statements. Resolves to how many of these contexts are gone; each holds an agent, a place and perhaps an address. */
export function createSweepContexts(
  db: SqliteDatabase,
  { contexts }: Pick<StoreParts, 'contexts'>,
): (rows: readonly number[]) => Promise<number> {
  const selectUsed = db
    .prepare<[number, number], number>('select distinct context_row from events where row > ? and row <= ?')
    .pluck()
  const lastRow = db.prepare<[], number>('select ifnull(max(row), 0) from events').pluck()
  const remove = db.prepare<[number]>('delete from contexts where row = ?')

  return async (rows) => {
    const unused = new Set(rows)
    const look = (after: number, upTo: number): void => {
      for (const row of selectUsed.all(after, upTo)) unused.delete(row)
    }
    let seen = 0
    for (; unused.size > 0 && lastRow.get()! - seen > EVENTS_A_STEP; seen += EVENTS_A_STEP) {
      look(seen, seen + EVENTS_A_STEP)
      await new Promise((resolve) => setImmediate(resolve))
    }
    // What came meanwhile may have one of them again.
    const finish = db.transaction(() => {
      look(seen, lastRow.get()!)
      for (const row of unused) remove.run(row)
    })
    if (unused.size > 0) finish.immediate()
    contexts.forget()
    return unused.size
  }
}
