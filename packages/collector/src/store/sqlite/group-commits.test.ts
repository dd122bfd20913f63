import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Fact } from '../../ingest/fact.ts'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import { allEvents } from '../contract/read-all.fixture.ts'
import { StoreUnavailable } from '../store.ts'
import { createCommitFacts } from './commit-facts.ts'
import type { CommitFacts } from './commit-facts.ts'
import { createGroupedCommits } from './group-commits.ts'
import { openDatabase } from './open-database.ts'
import type { SqliteDatabase } from './open-database.ts'
import { makeSqlitePlace } from './sqlite-place.fixture.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { createStoreParts } from './store-parts.ts'
import { TUNING } from './tuning.ts'

let place: Awaited<ReturnType<typeof makeSqlitePlace>>
let db: SqliteDatabase
beforeEach(async () => {
  place = await makeSqlitePlace()
  db = openDatabase(place.path)
})
afterEach(async () => {
  db.close()
  await place.remove()
})

const inSession = (id: string): Fact => makeFact({ id, session: { id: 's' } })
const impossible = (id: string): Fact => ({ ...inSession(id), time: Number.NaN })

/** The real commits, and how many batches each transaction got. */
function countedCommits(): { readonly commitFacts: CommitFacts; readonly groups: number[] } {
  const groups: number[] = []
  const { commitFacts } = createCommitFacts(db, createStoreParts(db), TUNING)
  return {
    groups,
    commitFacts: {
      ...commitFacts,
      commit: (batches) => (groups.push(batches.length), commitFacts.commit(batches)),
    },
  }
}

test('batches that arrive together share one transaction, and each gets its own outcomes', async () => {
  const { commitFacts, groups } = countedCommits()
  const { commit } = createGroupedCommits(commitFacts)
  const many = Array.from({ length: 100 }, (_, i) => commit([inSession(`e${i}`), inSession('shared')]))
  const [first, ...others] = await Promise.all(many)
  expect(groups).toEqual([100])
  expect(first).toEqual(['stored', 'stored'])
  expect(others).toEqual(others.map(() => ['stored', 'duplicate']))
})

test('what arrives while a group is being written forms the next one', async () => {
  const { commitFacts, groups } = countedCommits()
  const late: Promise<unknown>[] = []
  const grouped = createGroupedCommits({
    ...commitFacts,
    commit(batches) {
      if (groups.length === 0) late.push(grouped.commit([inSession('c')]), grouped.commit([inSession('d')]))
      return commitFacts.commit(batches)
    },
  })
  await Promise.all([grouped.commit([inSession('a')]), grouped.commit([inSession('b')])])
  expect(await Promise.all(late)).toEqual([['stored'], ['stored']])
  expect(groups).toEqual([2, 2])
})

test('a group is cut before it keeps reads waiting for long', async () => {
  const { commitFacts, groups } = countedCommits()
  const { commit } = createGroupedCommits(commitFacts)
  const batch = (name: number): Fact[] => Array.from({ length: 900 }, (_, i) => inSession(`${name}-${i}`))
  const all = await Promise.all([0, 1, 2, 3, 4].map((name) => commit(batch(name))))
  expect(groups).toEqual([2, 2, 1])
  expect(all.flat().every((outcome) => outcome === 'stored')).toBe(true)
})

test('a batch that cannot be stored is rejected alone, and nothing of it is stored', async () => {
  const store = createSqliteStore(db)
  const settled = await Promise.allSettled([
    store.commit([inSession('a')]),
    store.commit([inSession('b'), impossible('c')]),
    store.commit([inSession('d')]),
  ])
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((settled[1] as PromiseRejectedResult).reason).toBeInstanceOf(RangeError)
  expect((await allEvents(store)).map(({ fact }) => fact.event.id).sort()).toEqual(['a', 'd'])
  expect((await store.session('client', 's', NOON))?.counts.events).toBe(2)
})

test('a full disk rejects all that share the transaction, and keeps nothing of it', async () => {
  const store = createSqliteStore(db)
  await store.commit([inSession('before')])
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`)
  const large = makeFact({ id: 'large', properties: { text: 'x'.repeat(30_000) } })
  const settled = await Promise.allSettled([store.commit([inSession('a')]), store.commit([large])])
  for (const one of settled)
    expect((one as PromiseRejectedResult).reason, one.status).toBeInstanceOf(StoreUnavailable)
  expect(await allEvents(store)).toHaveLength(1)
  db.pragma('max_page_count = 1000000')
  expect(await Promise.all([store.commit([inSession('a')]), store.commit([large])])).toEqual([
    ['stored'],
    ['stored'],
  ])
})

test('closing commits what waits', async () => {
  const store = await place.open()
  const waiting = store.commit([inSession('a')])
  await store.close()
  expect(await waiting).toEqual(['stored'])
  expect(await allEvents(createSqliteStore(db))).toHaveLength(1)
})
