import { openSqliteStore } from './sqlite/open-sqlite-store.ts'
import type { SqliteStoreOptions } from './sqlite/open-sqlite-store.ts'
import type { Store } from './store.ts'
import { openThreadedStore } from './thread/open-threaded-store.ts'

/**
 * The store of a service: in threads of its own, but where this runs from TypeScript sources, of which Node cannot start a thread.
 * Rejects with `CannotOpenStore` when the file can't be used.
 */
export async function openStore(options: SqliteStoreOptions): Promise<Store> {
  return import.meta.url.endsWith('.ts') ? openSqliteStore(options) : openThreadedStore(options)
}
