import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StorePlace } from '../contract/store-place.fixture.ts'
import type { Store } from '../store.ts'
import { openDatabase } from './open-database.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { withStories } from './story/with-stories.ts'
import { TUNING } from './tuning.ts'
import type { Tuning } from './tuning.ts'

/** A fresh directory with a database file of its own. Its store works as `tuning` says. */
export async function makeSqlitePlace(
  tuning: Tuning = TUNING,
): Promise<StorePlace & { readonly path: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'sojourn-store-'))
  const path = join(directory, 'sojourn.db')
  const opened: Store[] = []
  return {
    path,
    async open() {
      const store = withStories(createSqliteStore(openDatabase(path), tuning), path, tuning)
      opened.push(store)
      return store
    },
    async remove() {
      for (const store of opened) await store.close()
      await rm(directory, { recursive: true })
    },
  }
}
