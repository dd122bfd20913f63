import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import { allEvents, allSessions } from '../contract/read-all.fixture.ts'
import { StoreDamaged } from '../store.ts'
import { openDatabase } from './open-database.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { TUNING } from './tuning.ts'

/** A store of two visits, whose file was changed by a stranger's statement while it was closed. */
async function storeAfter(statement: string, tuning = TUNING) {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-damage-'))
  const path = join(folder, 'sojourn.db')
  const open = () => createSqliteStore(openDatabase(path), tuning)
  const healthy = open()
  await healthy.commit([
    makeFact({ id: 'a', session: { id: 's' }, page: { path: '/a' } }),
    makeFact({ id: 'b', session: { id: 's' }, properties: { price: 5 } }),
    makeFact({ id: 'c', visitorId: 'v2', session: { id: 't' } }),
  ])
  await healthy.close()
  const db = new Database(path)
  expect(db.prepare(statement).run().changes).toBeGreaterThan(0)
  db.close()
  const store = open()
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  return store
}

test.each([
  ['a letter of its body', `update events set body = replace(body, '/a', '/b')`],
  ['its time', `update events set time = time + 1 where id = 'a'`],
  ['when it was received', `update events set received_at = received_at + 1 where id = 'a'`],
  ['its clock offset', `update events set clock_offset = 7 where id = 'a'`],
  ['its id', `update events set id = 'd' where id = 'a'`],
  ['its type', `update events set type = 3 where id = 'a'`],
  ['whether it is passive', `update events set passive = 1 where id = 'a'`],
  ['its source', `update events set source_row = source_row + 1 where id = 'a'`],
  ['its checksum', `update events set checksum = checksum + 1 where id = 'a'`],
  ['its name', `update words set text = text || 'x' where row = (select name_row from events)`],
  ['that its name is there', `delete from words where row = (select name_row from events)`],
  ['its visitor', `update identities set id = 'v3' where id = 'v2'`],
  ['that its visitor is there', `delete from identities where id = 'v2'`],
  ['its context', `update contexts set body = replace(body, '{', '{"ip":"1.2.3.4",')`],
])('an event is not answered when something has changed %s', async (_what, statement) => {
  const store = await storeAfter(statement)
  await expect(allEvents(store)).rejects.toThrow(StoreDamaged)
})

test.each([
  ['an event of it', `update events set body = replace(body, '/a', '/b')`],
  ['what of an event it shows', `update events set body = replace(body, '5', '6')`],
  ['its visitor', `delete from identities where id = 'v2'`],
])('a session is not answered when something has changed %s', async (_what, statement) => {
  const store = await storeAfter(statement)
  await expect(allSessions(store)).rejects.toThrow(StoreDamaged)
})

test('a session is not answered when something has changed the state that is kept of it', async () => {
  const store = await storeAfter(`update sessions set state = replace(state, '/a', '/b')`, {
    ...TUNING,
    foldedEvents: 0,
  })
  await expect(allSessions(store)).rejects.toThrow(StoreDamaged)
})

test('damage in one place leaves the answers about all others', async () => {
  const store = await storeAfter(`update events set body = replace(body, '/a', '/b')`)
  expect((await store.session('client', 't', NOON))?.counts.events).toBe(1)
  await expect(store.sessionEvents('client', 's', { limit: 10 })).rejects.toThrow(
    'What is stored of the event a is not what was written.',
  )
  expect(await store.commit([makeFact({ id: 'd', session: { id: 's' } })])).toEqual(['stored'])
})

test('what was stored before there were checksums is answered', async () => {
  const store = await storeAfter(
    `update events set checksum = null, body = replace(body, '"price":5', '"price":5')`,
  )
  expect(await allEvents(store)).toHaveLength(3)
})
