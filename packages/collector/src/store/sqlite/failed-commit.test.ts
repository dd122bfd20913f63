import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import { allEvents, allSessions } from '../contract/read-all.fixture.ts'
import { StoreUnavailable } from '../store.ts'
import { openDatabase } from './open-database.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { createSqliteStore } from './sqlite-store.ts'

let directory = ''
let path = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sojourn-failed-'))
  path = join(directory, 'sojourn.db')
})
afterEach(() => rm(directory, { recursive: true }))

const large = 'x'.repeat(30_000)

test('a full disk costs the commit and nothing else, and heals', async () => {
  const db = openDatabase(path)
  const store = createSqliteStore(db)
  await store.commit([makeFact({ id: 'a', session: { id: 's' } })])
  const before = await store.session('client', 's', NOON)
  const batch = [
    makeFact({ id: 'b', name: 'new name', session: { id: 's' }, tags: ['new tag'] }),
    makeFact({ id: 'c', visitorId: 'new visitor', session: { id: 't' } }),
    makeFact({ id: 'd', visitorId: 'new visitor' }),
    makeFact(
      { id: 'e', session: { id: 's' }, properties: { large } },
      { sourceId: 'new', context: { sender: { locale: 'fr' } } },
    ),
  ]

  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`)
  await expect(store.commit(batch)).rejects.toThrow(StoreUnavailable)
  await expect(store.commit(batch)).rejects.toThrow(StoreUnavailable)
  expect(await store.session('client', 's', NOON)).toEqual(before)
  expect(await allEvents(store)).toHaveLength(1)

  db.pragma('max_page_count = 1000000')
  expect(await store.commit(batch)).toEqual(['stored', 'stored', 'stored', 'stored'])
  expect(await store.session('client', 's', NOON)).toMatchObject({ counts: { events: 3 }, tags: ['new tag'] })
  expect(await store.session('client', 't', NOON)).toMatchObject({ counts: { events: 2 } })
  expect(await allSessions(store, { event: 'new name' })).toHaveLength(1)
  await store.close()
})

test('a disk that has room for a row and not for a batch takes no writes', async () => {
  const db = openDatabase(path)
  const store = createSqliteStore(db)
  await store.checkWritable()
  const pages = db.pragma('page_count', { simple: true }) as number
  await store.checkWritable()
  expect(db.pragma('page_count', { simple: true })).toBe(pages)

  db.pragma(`max_page_count = ${pages}`)
  await store.commit([
    makeFact({ id: 'filler', session: { id: 's' }, properties: { large: large.repeat(8) } }),
  ])
  await expect(store.checkWritable()).rejects.toThrow(StoreUnavailable)
  db.pragma('max_page_count = 1000000')
  await store.checkWritable()
  await store.close()
})

test('a fact with an impossible time is our mistake, and nothing of its commit is stored', async () => {
  const store = openSqliteStore({ path })
  const good = makeFact({ id: 'a', session: { id: 's' } })
  for (const time of [Number.NaN, 1.5, 1e300]) {
    const bad = { ...makeFact({ id: 'b', session: { id: 's' } }), time }
    await expect(store.commit([good, bad])).rejects.toThrow(RangeError)
  }
  expect(await allEvents(store)).toEqual([])
  expect(await store.commit([good])).toEqual(['stored'])
  expect((await store.session('client', 's', NOON))?.counts.events).toBe(1)
  await store.close()
})

test('the files as a killed process leaves them hold every acknowledged commit', async () => {
  const store = openSqliteStore({ path })
  for (let i = 0; i < 20; i++) {
    await store.commit([
      makeFact({ id: `e${i}`, session: { id: `s${i % 3}` } }),
      makeFact({ id: `u${i}`, visitorId: 'v2' }),
    ])
    if (i % 5 > 0) continue
    // What lies on the disk right now; the index of the log is rebuilt from the log.
    const copy = join(directory, `copy-${i}.db`)
    await copyFile(path, copy)
    await copyFile(`${path}-wal`, `${copy}-wal`)
    const recovered = openSqliteStore({ path: copy })
    expect(await allEvents(recovered)).toEqual(await allEvents(store))
    expect(await allSessions(recovered)).toEqual(await allSessions(store))
    await recovered.close()
  }
  await store.close()
})
