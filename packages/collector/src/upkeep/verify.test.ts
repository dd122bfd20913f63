import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { makeFact, NOON } from '../session/facts.fixture.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import { makeFile, makeFolder, visit } from './upkeep-files.fixture.ts'
import { runVerify } from './upkeep-commands.ts'

describe('verify', () => {
  test('finds nothing in what the collector has written', async () => {
    const { text, sound } = runVerify({ dbPath: await makeFile() })
    expect(text).toMatch(
      /^ok {6}structure\nok {6}350 events are what was written\nok {6}\d+ sessions are what/,
    )
    expect(sound).toBe(true)
  })

  test.each([
    ['an event', `update events set time = time + 1 where id = 'e7'`, /event e7 is not what was written/],
    [
      'an event that is gone',
      `delete from events where id = 'e7'`,
      /session s7: it is found by a wrong .*events/,
    ],
    ['a session that is gone', `delete from sessions where id = 's7'`, /is of a session that is not there/],
    [
      'whose session it is',
      `update sessions set identity_row = 3 where id = 's7'`,
      /events of somebody else/,
    ],
    [
      'what session it is',
      `update sessions set id = 's1000' where id = 's7'`,
      /s1000: none of its events came with/,
    ],
    [
      'what a session is found by',
      `update sessions set start = start - 5 where id = 's7'`,
      /s7: .*a wrong start/,
    ],
    [
      'its words',
      `update sessions set terms = ',n9999,' where id = 's7'`,
      /s7: it is found by a wrong terms/,
    ],
    [
      'that no state is kept of it',
      `update sessions set state = 'e8' where id = 's7'`,
      /WRONG {3}1 of \d+ sess/,
    ],
    [
      'in which session an event is',
      `update events set session_row = 4 where id = 'e7'`,
      /holds events of somebody else/,
    ],
  ])('says so when something has changed %s', async (_what, statement, sentence) => {
    const path = await makeFile()
    const db = new Database(path)
    expect(db.prepare(statement).run().changes).toBe(1)
    db.close()
    const { text, sound } = runVerify({ dbPath: path })
    expect(text).toMatch(sentence)
    expect(sound).toBe(false)
  })

  test.each([
    ['an event that is gone', `delete from events where id = 'l7'`, /it is not what its events make it/],
    ['its state', `update sessions set state = replace(state, 'l39', 'l38')`, /is not what was written/],
  ])(
    'says so when something has changed, of a session whose state is kept, %s',
    async (_what, statement, sentence) => {
      const path = join(makeFolder(), 'sojourn.db')
      const store = openSqliteStore({ path })
      const facts = Array.from({ length: 40 }, (_, i) =>
        makeFact({ id: `l${i}`, session: { id: 'long' }, passive: i === 7, time: NOON + i * 1_000 }),
      )
      await store.commit(facts)
      await store.close()
      expect(runVerify({ dbPath: path }).sound).toBe(true)
      const db = new Database(path)
      expect(db.prepare(statement).run().changes).toBe(1)
      db.close()
      expect(runVerify({ dbPath: path }).text).toMatch(sentence)
    },
  )

  test('says what SQLite finds wrong with the structure, and goes on as far as it can', async () => {
    const path = await makeFile()
    const bytes = readFileSync(path)
    bytes.fill(0xa5, bytes.length - 4_096)
    writeFileSync(path, bytes)
    const { text, sound } = runVerify({ dbPath: path })
    expect(text).toMatch(/WRONG {3}structure: \d+ problems/)
    expect(sound).toBe(false)
  })

  test('misses no event, of whatever kind and session, unless it was removed by the collector itself', async () => {
    const path = join(makeFolder(), 'sojourn.db')
    const store = openSqliteStore({ path })
    const passive = (id: string) => visit(7, { id, passive: true, time: NOON + 500 })
    const gone = (id: string, more = {}) => makeFact({ id, visitorId: 'g', userId: 'gone', ...more })
    await store.commit([visit(1), passive('first'), visit(2), gone('g1'), passive('second'), visit(4)])
    await store.commit([makeFact({ id: 'u1', visitorId: 'u' }), gone('g2', { session: { id: 'sg' } })])
    expect(await store.eraseProfile('gone')).toMatchObject({ events: 2 })
    // These take the number of the last one that was removed, and the next.
    await store.commit([visit(5), gone('g3', { visitorId: 'h', userId: 'again' })])
    expect(await store.eraseProfile('again')).toMatchObject({ events: 1 })
    await store.close()
    expect(runVerify({ dbPath: path })).toMatchObject({ sound: true })

    const db = new Database(path)
    const remove = db.prepare<[string]>('delete from events where id = ?')
    remove.run('first')
    expect(runVerify({ dbPath: path }).text).toMatch(/never removed are gone: 1\./)
    remove.run('second')
    db.close()
    expect(runVerify({ dbPath: path }).text).toMatch(/never removed are gone: 2\./)
  })
})
