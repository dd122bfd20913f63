import type { SqliteDatabase } from './open-database.ts'

/** Small named values, and whether the file takes writes. */
export interface Settings {
  get(name: string): string | undefined
  put(name: string, value: string): void
  /** Commits as much as a batch of events takes, and gives the room back. Throws what SQLite throws when that can't be made durable. */
  checkWritable(): void
}

/** Prefixed so that no setting of the collector's has this name. */
const PROBE = 'store.write-probe'
/** The pages that a batch of some twenty events changes. A row alone may find room in the log of a disk that is full. */
const PROBE_BYTES = 256 * 1024

/** Prepares the statements. */
export function createSettings(db: SqliteDatabase): Settings {
  const select = db.prepare<[string], string>('select value from settings where name = ?').pluck()
  const write = db.prepare<[string, string]>(
    'insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  )
  const probe = 'x'.repeat(PROBE_BYTES)
  return {
    get: (name) => select.get(name),
    put: (name, value) => void write.run(name, value),
    checkWritable() {
      write.run(PROBE, probe)
      write.run(PROBE, '')
    },
  }
}
