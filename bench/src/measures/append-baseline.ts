import Database from 'better-sqlite3'

/** Bare appends of event rows: what SQLite itself can do with them in one thread. */
export interface AppendBaseline {
  /**
   * Takes `rows` event rows from the collector's file, beginning after row `after`, and appends them 1,000 a transaction, durably.
   * Returns the rows per second of the appending alone.
   */
  append(after: number, rows: number): { readonly rows: number; readonly rowsPerSecond: number }
  close(): void
}

const ROWS_A_TRANSACTION = 1_000

/** Makes a file with the same events table and the same indexes as the collector's, read from that file, so that the two cannot drift apart. */
export function createAppendBaseline(collectorFile: string, file: string): AppendBaseline {
  const theirs = new Database(collectorFile, { readonly: true })
  const schema = theirs
    .prepare<[], string>(
      "select sql from sqlite_schema where tbl_name = 'events' and sql is not null order by rowid",
    )
    .pluck()
    .all()
  if (schema.length === 0) throw new Error(`${collectorFile} has no table named events`)
  const columns = theirs.pragma('table_info(events)') as readonly unknown[]
  const select = theirs
    .prepare<[number, number], unknown[]>('select * from events where row > ? order by row limit ?')
    .raw()

  const ours = new Database(file)
  ours.pragma(`page_size = ${theirs.pragma('page_size', { simple: true }) as number}`)
  ours.pragma('journal_mode = wal')
  ours.pragma('synchronous = full')
  for (const statement of schema) ours.exec(statement)
  const insert = ours.prepare(`insert into events values (${columns.map(() => '?').join(', ')})`)
  const appendAll = ours.transaction((rows: readonly unknown[][]) => {
    for (const row of rows) insert.run(row)
  })

  return {
    append(after, count) {
      const rows = select.all(after, count)
      const start = performance.now()
      for (let i = 0; i < rows.length; i += ROWS_A_TRANSACTION)
        appendAll(rows.slice(i, i + ROWS_A_TRANSACTION))
      const seconds = (performance.now() - start) / 1_000
      return { rows: rows.length, rowsPerSecond: rows.length / seconds }
    },
    close() {
      ours.close()
      theirs.close()
    },
  }
}
