import { mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { makeFact, NOON } from '../../../session/facts.fixture.ts'
import { openDatabase } from '../open-database.ts'
import { createSqliteStore } from '../sqlite-store.ts'
import { TUNING } from '../tuning.ts'
import { withStories } from './with-stories.ts'

const QUERY = { definition: 'visits', now: NOON, sort: 'start', descending: false, limit: 99 } as const

async function makePlace(tuning: Partial<typeof TUNING>) {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-stories-'))
  const path = join(folder, 'facts.db')
  const all = { ...TUNING, ...tuning }
  const store = withStories(createSqliteStore(openDatabase(path), all), path, all)
  let events = 0
  return {
    store,
    path,
    /** Stores events of visitors of their own. */
    async commit(count: number): Promise<void> {
      const facts = Array.from({ length: count }, () =>
        makeFact({ id: `e${events}`, visitorId: `v${events++}` }),
      )
      await store.commit(facts)
    },
    /** Up to which event the file of the one story is told. */
    toldUpTo(): number {
      const file = readdirSync(`${path}-stories`).find((name) => name.endsWith('.db'))!
      const db = new Database(join(`${path}-stories`, file), { readonly: true })
      const row = db.prepare<[], number>('select told_up_to from story').pluck().get()!
      db.close()
      return row
    },
    async sessions(): Promise<number> {
      return (await store.sessions(QUERY)).rows.length
    },
    async remove() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

test('a story that nobody reads lags, is told on where it is far behind, and whoever reads it finds all', async () => {
  const place = await makePlace({ idleStoryMs: 0, idleStoryEvents: 10 })
  await place.commit(3)
  expect(await place.sessions()).toBe(3)
  // Told once more, then put to sleep.
  await place.commit(1)
  await vi.waitFor(() => expect(place.toldUpTo()).toBe(4))
  await place.commit(5)
  await sleep(300)
  expect(place.toldUpTo()).toBe(4)
  await place.commit(5)
  await vi.waitFor(() => expect(place.toldUpTo()).toBe(14))
  await place.commit(2)
  expect(await place.sessions()).toBe(16)
  await place.remove()
})

test('what is told is written when somebody looks, and at the end', async () => {
  const place = await makePlace({})
  await place.commit(2)
  expect(await place.sessions()).toBe(2)
  await place.commit(2)
  await sleep(300)
  expect(place.toldUpTo()).toBe(2)
  expect(await place.sessions()).toBe(4)
  expect(place.toldUpTo()).toBe(4)
  await place.remove()
})

test('a source that gets another type has the definitions of types told anew, before anybody reads them', async () => {
  const place = await makePlace({})
  const source = (id: string, type: string) => ({ id, name: id, type, origins: [], writeKey: `pk_${id}` })
  await place.store.addSource(source('shop', 'product'))
  await place.store.addSource(source('help', 'docs'))
  await place.store.commit([
    makeFact({ id: 'a', visitorId: 'v1' }, { sourceId: 'shop' }),
    makeFact({ id: 'b', visitorId: 'v2' }, { sourceId: 'help' }),
  ])
  const products = async () => (await place.store.sessions({ ...QUERY, definition: 'product' })).rows.length
  const files = () => readdirSync(`${place.path}-stories`).filter((name) => name.endsWith('.db'))
  expect(await products()).toBe(1)
  const before = files()
  await place.store.changeSource(source('help', 'product'))
  await vi.waitFor(() => expect(files()).not.toEqual(before))
  await vi.waitFor(() => expect(files()).toHaveLength(before.length))
  expect(await products()).toBe(2)
  await place.remove()
})
