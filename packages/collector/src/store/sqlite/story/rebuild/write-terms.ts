import type { SqliteDatabase } from '../../open-database.ts'

/** Lists the settled sessions after a row by their terms. */
export type WriteTerms = (afterRow: number) => void

const ROWS_AT_ONCE = 100

/**
 * Over the connection of a story that is told anew. The entries go in sorted, and many to a statement: one by one, in the order of the
 * sessions, they take several times as long.
 */
export function createWriteTerms(db: SqliteDatabase): WriteTerms {
  const select = db
    .prepare<[number], [row: number, start: number, terms: string]>(
      `select row, start, terms from sessions where row > ? and settled = 1 and terms <> ''`,
    )
    .raw()
  const insert = (rows: number) =>
    db.prepare<[(string | number)[]]>(
      `insert into session_terms values ${Array.from({ length: rows }, () => '(?, ?, ?)').join(', ')}`,
    )
  const insertMany = insert(ROWS_AT_ONCE)
  const insertOne = insert(1)

  return (afterRow) => {
    const entries = new Map<string, number[]>()
    const sessions = select.all(afterRow).sort(([, a], [, b]) => a - b)
    sessions.forEach(([, , terms], place) => {
      for (const term of terms.slice(1, -1).split(',')) {
        const known = entries.get(term)
        if (known) known.push(place)
        else entries.set(term, [place])
      }
    })
    let values: (string | number)[] = []
    for (const term of [...entries.keys()].sort())
      for (const place of entries.get(term)!) {
        const [row, start] = sessions[place]!
        values.push(term, start, row)
        if (values.length < 3 * ROWS_AT_ONCE) continue
        insertMany.run(values)
        values = []
      }
    for (let i = 0; i < values.length; i += 3) insertOne.run(values.slice(i, i + 3))
  }
}
