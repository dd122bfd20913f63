import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'

const MIGRATIONS = fileURLToPath(
  new URL('../../../packages/collector/src/store/sqlite/migrations/', import.meta.url),
)
/** What a start may write by itself: its token, and whether the disk takes writes. */
const NOT_TOLD = new Set(['settings'])

/** The version of the schema that this build brings every file to. */
export function latestSchema(): number {
  return Number.parseInt(migrationFiles().at(-1)!, 10)
}

/** Makes the database file that an older version would have: of the first `version` migrations, with all of `from` that it has room for. */
export function writeOlderStore(from: string, to: string, version: number): void {
  const db = new Database(to)
  try {
    db.pragma('journal_mode = wal')
    db.exec(
      'create table migrations (version integer primary key, name text not null, checksum text not null) strict',
    )
    const record = db.prepare('insert into migrations (version, name, checksum) values (?, ?, ?)')
    for (const name of migrationFiles().slice(0, version)) {
      const sql = readFileSync(MIGRATIONS + name, 'utf8')
      db.exec(sql)
      record.run(Number.parseInt(name, 10), name, createHash('sha256').update(sql).digest('hex'))
    }
    db.prepare('attach ? as newer').run(from)
    db.transaction(() => {
      for (const table of tablesOf(db).filter((name) => name !== 'migrations')) {
        const columns = columnsOf(db, table).join(', ')
        db.exec(`insert into main.${table} (${columns}) select ${columns} from newer.${table}`)
      }
    })()
    db.exec('detach newer')
    const mark = new Database(from, { readonly: true })
    db.pragma(`application_id = ${String(mark.pragma('application_id', { simple: true }))}`)
    mark.close()
    db.pragma(`user_version = ${version}`)
  } finally {
    db.close()
  }
}

/** The version of a file's schema. */
export function schemaOf(file: string): number {
  const db = new Database(file)
  try {
    return db.pragma('user_version', { simple: true }) as number
  } finally {
    db.close()
  }
}

/** A digest of each table of a file whose service has ended, and of what SQLite finds wrong with it. */
export function digestTables(file: string): Readonly<Record<string, string>> {
  const db = new Database(file, { readonly: true })
  try {
    const digests: Record<string, string> = { check: String(db.pragma('integrity_check', { simple: true })) }
    for (const table of ['sqlite_schema', ...tablesOf(db)]) {
      if (NOT_TOLD.has(table)) continue
      const hash = createHash('sha1')
      // Pages lie where they happened to be free.
      const columns = columnsOf(db, table).filter((column) => column !== 'rootpage')
      const rows = db.prepare(`select ${columns.join(', ')} from ${table} order by ${columns.join(', ')}`)
      for (const row of rows.raw().iterate()) hash.update(JSON.stringify(row))
      digests[table] = hash.digest('base64')
    }
    return digests
  } finally {
    db.close()
  }
}

function migrationFiles(): readonly string[] {
  return readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .sort()
}

function tablesOf(db: Database.Database): readonly string[] {
  return db
    .prepare<[], string>(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
    )
    .pluck()
    .all()
}

function columnsOf(db: Database.Database, table: string): readonly string[] {
  return db.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table)
}
