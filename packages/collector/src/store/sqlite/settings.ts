import type { SqliteDatabase } from './open-database.ts'

/** Small named values, and whether the file takes writes. */
export interface Settings {
  get(name: string): string | undefined
  put(name: string, value: string): void
  /** Commits a row. Throws what SQLite throws when that can't be made durable. */
  checkWritable(): void
}

/** Prefixed so that no setting of the collector's has this name. */
const PROBE = 'store.write-probe'

/** Prepares the statements. */
export function createSettings(db: SqliteDatabase): Settings {
  const select = db.prepare<[string], string>('select value from settings where name = ?').pluck()
  const write = db.prepare<[string, string]>(
    'insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  )
  const bump = db.prepare<[string]>(
    `insert into settings (name, value) values (?, '1') on conflict (name) do update set value = 1 - cast(value as integer)`,
  )
  return {
    get: (name) => select.get(name),
    put: (name, value) => void write.run(name, value),
    checkWritable: () => void bump.run(PROBE),
  }
}
