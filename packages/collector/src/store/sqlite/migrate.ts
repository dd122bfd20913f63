import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { CannotOpenStore } from './cannot-open-store.ts'
import type { SqliteDatabase } from './open-database.ts'

/** One step of the schema's history. `version` is the number its file name begins with. */
export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

const CREATE_LEDGER = `create table if not exists migrations
  (version integer primary key, name text not null, checksum text not null) strict`

/**
 * Applies the migrations that the database has not seen, each in its own transaction: a process that dies in one leaves the state before it.
 * Throws `CannotOpenStore` when the file's schema is newer than the last migration, or was made by one that has been edited since.
 */
export function migrate(db: SqliteDatabase, file: string, migrations = readMigrations()): void {
  const latest = migrations.at(-1)?.version ?? 0
  const current = db.pragma('user_version', { simple: true }) as number
  if (current > latest)
    throw new CannotOpenStore(
      `${file} was written by a newer version (schema ${current}; this one knows ${latest}). Install that version or a later one.`,
    )
  db.exec(CREATE_LEDGER)
  const applied = db.prepare('select checksum from migrations where version = ?').pluck()
  const record = db.prepare('insert into migrations (version, name, checksum) values (?, ?, ?)')
  for (const { version, name, sql } of migrations) {
    const checksum = createHash('sha256').update(sql).digest('hex')
    const known = applied.get(version)
    if (known === checksum) continue
    if (known !== undefined)
      throw new CannotOpenStore(
        `${file} was made by another text of ${name}. Restore the program's own file.`,
      )
    db.transaction(() => {
      db.exec(sql)
      record.run(version, name, checksum)
      db.pragma(`user_version = ${version}`)
    }).immediate()
  }
}

/** The migrations that ship with this program, in order. */
export function readMigrations(): readonly Migration[] {
  const folder = new URL('./migrations/', import.meta.url)
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name) => ({
    version: Number.parseInt(name, 10),
    name,
    sql: readFileSync(new URL(name, folder), 'utf8'),
  }))
}
