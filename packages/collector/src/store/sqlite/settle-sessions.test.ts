import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import { MAX_PROPERTIES_CHARS } from '../../session/session-state.ts'
import { StoreDamaged } from '../store.ts'
import { seal, unseal } from './checksum.ts'
import { openDatabase, openForReading } from './open-database.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { TUNING } from './tuning.ts'
import { createRefold } from './verify-session.ts'

const DAY_MS = 86_400_000
/** So many that it pays to look for sessions that have ended. */
const LATER = ['x', 'y', 'z'].map((id) =>
  makeFact({ id, session: { id: `later ${id}` }, time: NOON + DAY_MS }),
)

/** A store that settles sessions as soon as they have ended, and its file as a stranger sees it. */
function makeStore() {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-settle-'))
  const path = join(folder, 'sojourn.db')
  const open = () => createSqliteStore(openDatabase(path), { ...TUNING, liveSessions: 0 })
  let store = open()
  const db = new Database(path)
  onTestFinished(async () => {
    db.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })
  return {
    store: () => store,
    async reopen() {
      await store.close()
      store = open()
    },
    path,
    stateOf: (id: string) =>
      db.prepare<[string], string>('select state from sessions where id = ?').pluck().get(id),
    change: (statement: string, ...values: readonly string[]) =>
      expect(db.prepare(statement).run(...values).changes).toBe(1),
  }
}

const long = { text: 'x'.repeat(MAX_PROPERTIES_CHARS) }
const facts = [
  makeFact({ id: 'a', session: { id: 's' }, page: { path: '/a' } }),
  makeFact({ id: 'b', session: { id: 's' }, properties: { price: 5 }, time: NOON + 1_000 }),
  makeFact({ id: 'c', visitorId: 'v2', session: { id: 't' }, properties: long }),
]

test('what a session was folded to is kept when it has ended, and answered as if it were folded again', async () => {
  const { store, stateOf, change } = makeStore()
  await store().commit(facts)
  expect(stateOf('s')).toBe('')
  await store().commit(LATER)
  expect(stateOf('s')).toContain('"price":5')
  expect(stateOf('t')).not.toContain('xxx')
  const kept = await store().session('client', 's', NOON)
  expect(kept).toMatchObject({ properties: { price: 5 }, counts: { events: 2 } })
  expect((await store().session('client', 't', NOON))?.properties).toEqual(long)
  change(`update sessions set state = '' where id = 's'`)
  expect(await store().session('client', 's', NOON)).toEqual(kept)
})

test('an event that comes late is told with the others, and the state is kept again', async () => {
  const { store, stateOf } = makeStore()
  await store().commit(facts)
  await store().commit(LATER)
  await store().commit([makeFact({ id: 'd', session: { id: 's' }, time: NOON + 2_000 })])
  expect(stateOf('s')).toBe('')
  await store().commit([makeFact({ id: 'w', session: { id: 'later w' }, time: NOON + DAY_MS })])
  expect(stateOf('s')).not.toBe('')
  expect((await store().session('client', 's', NOON))?.counts.events).toBe(3)
})

test('a session of which an event is damaged is kept without a state, so that whoever reads it is told', async () => {
  const { store, stateOf, change, reopen } = makeStore()
  await store().commit(facts)
  await reopen()
  change(`update events set body = replace(body, '/a', '/b') where id = 'a'`)
  await store().commit([makeFact({ id: 'd', session: { id: 's' }, time: NOON + 2_000 })])
  await store().commit(LATER)
  expect(stateOf('s')).toBe('')
  await expect(store().session('client', 's', NOON)).rejects.toThrow(StoreDamaged)
})

test('a damaged state is told to readers, and folded again of the events when one more comes', async () => {
  const { store, stateOf, change } = makeStore()
  await store().commit(facts)
  await store().commit(LATER)
  change(`update sessions set state = replace(state, '/a', '/b') where id = 's'`)
  await expect(store().session('client', 's', NOON)).rejects.toThrow(StoreDamaged)
  await store().commit([makeFact({ id: 'd', session: { id: 's' }, time: NOON + 2_000 })])
  expect(await store().session('client', 's', NOON)).toMatchObject({ counts: { events: 3 } })
  expect(stateOf('s')).toBe('')
})

test('a state that was kept when properties stayed with their event is right, and is told with them', async () => {
  const { store, path, stateOf, change } = makeStore()
  await store().commit(facts)
  await store().commit(LATER)
  const text = unseal(stateOf('s')!)
  const before = text.replace(/"properties":\[(\d+),{"price":5}]/, '"properties":$1')
  expect(before.length).toBeLessThan(text.length)
  change(`update sessions set state = ? where id = 's'`, seal(before))
  expect((await store().session('client', 's', NOON))?.properties).toEqual({ price: 5 })
  const db = openForReading(path)
  onTestFinished(() => void db.close())
  expect(createRefold(db)(1)).toBeUndefined()
})
