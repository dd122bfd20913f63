import type { Store } from '../store.ts'
import { openDatabase } from './open-database.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { withStories } from './story/with-stories.ts'
import { TUNING } from './tuning.ts'

export interface SqliteStoreOptions {
  /** The database file; it is made where there is none. Its directory has to exist. */
  readonly path: string
}

/** The store over one SQLite file. Throws `CannotOpenStore` when the file can't be used: another program's, a newer version's, not writable. */
export function openSqliteStore({ path }: SqliteStoreOptions): Store {
  return withStories(createSqliteStore(openDatabase(path)), path, TUNING)
}
