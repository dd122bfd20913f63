import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
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

test('sessions that lag are written some at a time, and what arrives meanwhile is committed in between', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { commitFacts } = countedCommits()
  const order: (string | number)[] = []
  const { commit } = createGroupedCommits({
    ...commitFacts,
    commit: (batches) => (order.push('commit'), commitFacts.commit(batches)),
    catchUpSome(most) {
      const left = commitFacts.catchUpSome(most)
      order.push(left)
      return left
    },
  })
  const ids = Array.from({ length: 500 }, (_, i) => `s${i}`)
  const round = (name: string, time: number) =>
    ids.map((id) => makeFact({ id: `${name}-${id}`, session: { id }, visitorId: `v-${id}`, time }))
  await commit(round('first', NOON))
  await commit(round('second', NOON + 1_000))
  const durations = () => db.prepare('select sum(duration) from sessions').pluck().get()
  expect(durations()).toBe(0)
  vi.advanceTimersByTime(1_000)
  await commit([inSession('between')])
  while (order.at(-1) !== 0) await new Promise((resolve) => setImmediate(resolve))
  expect(order).toEqual(['commit', 'commit', 300, 100, 'commit', 0])
  expect(durations()).toBe(500)
})

test('sessions that are folded again before some are written are all written or told again later', async () => {
  const commits = () => createCommitFacts(db, createStoreParts(db), TUNING).commitFacts
  const first = commits()
  const round = (name: string, time: number) =>
    ['s1', 's2', 's3'].map((id) =>
      makeFact({ id: `${name}-${id}`, session: { id }, visitorId: `v-${id}`, time }),
    )
  first.commit([round('first', NOON)])
  first.commit([round('second', NOON + 1_000)])
  const elsewhere = openDatabase(place.path)
  elsewhere.prepare('insert into settings (name, value) values (?, ?)').run('another', 'process')
  elsewhere.close()
  first.catchUpSome(1)
  // As if this process had ended here, and the next one begun.
  commits().catchUp()
  expect(db.prepare('select sum(duration) from sessions').pluck().get()).toBe(3)
})
