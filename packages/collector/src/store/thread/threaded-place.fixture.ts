import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StorePlace } from '../contract/store-place.fixture.ts'
import type { Store } from '../store.ts'
import { openThreadedStore } from './open-threaded-store.ts'

/** The built threads: `npm test` builds them first. */
export const BUILT_THREADS = new URL('../../../dist/store/thread/', import.meta.url)

/** A fresh directory with a database file of its own, whose store works in threads. */
export async function makeThreadedPlace(): Promise<StorePlace & { readonly path: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'sojourn-threads-'))
  const path = join(directory, 'sojourn.db')
  const opened: Store[] = []
  return {
    path,
    async open() {
      const store = await openThreadedStore({ path, threads: BUILT_THREADS })
      opened.push(store)
      return store
    },
    async remove() {
      for (const store of opened) await store.close()
      await rm(directory, { recursive: true })
    },
  }
}
