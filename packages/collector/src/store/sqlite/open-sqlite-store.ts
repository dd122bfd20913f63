import type { Store } from '../store.ts'
import { openDatabase, openExisting } from './open-database.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { withStories } from './story/with-stories.ts'
import { TUNING } from './tuning.ts'

export interface SqliteStoreOptions {
  /** The database file; it is made where there is none, unless `mustExist`. Its directory has to exist. */
  readonly path: string
  readonly mustExist?: boolean
}

/** The store over one SQLite file. Throws `CannotOpenStore` when the file can't be used: another program's, a newer version's, not writable. */
export function openSqliteStore({ path, mustExist = false }: SqliteStoreOptions): Store {
  if (mustExist) openExisting(path).close()
  return withStories(createSqliteStore(openDatabase(path)), path, TUNING)
}
