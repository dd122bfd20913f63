import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeFact } from '../../session/facts.fixture.ts'
import { CannotOpenStore } from './cannot-open-store.ts'
import { migrate, readMigrations } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

let directory = ''
let path = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sojourn-open-'))
  path = join(directory, 'sojourn.db')
})
afterEach(() => rm(directory, { recursive: true }))

/** The sentence that opening fails with. */
function refusal(file: string): string {
  try {
    openDatabase(file).close()
  } catch (error) {
    expect(error).toBeInstanceOf(CannotOpenStore)
    return (error as Error).message
  }
  throw new Error('It was opened.')
}

describe('a commit is durable:', () => {
  test('synchronous is FULL, also after the first write', () => {
    const db = openDatabase(path)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    // Until the first write, SQLite answers 2 even where better-sqlite3's default of 1 (NORMAL) is in force.
    db.prepare("insert into settings values ('a', 'b')").run()
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    db.close()
  })

  test('the same holds for a file that is opened again', () => {
    openDatabase(path).close()
    const db = openDatabase(path)
    db.prepare("insert into settings values ('a', 'b')").run()
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    db.close()
  })
})

describe('what cannot be opened is said in a sentence:', () => {
  test('the directory is missing', () => {
    expect(refusal(join(directory, 'none', 'sojourn.db'))).toMatch(/directory .*none does not exist/)
  })

  test('the directory is a file', async () => {
    await writeFile(join(directory, 'file'), '')
    expect(refusal(join(directory, 'file', 'sojourn.db'))).toMatch(/is not a directory/)
  })

  test('the file is a directory', () => {
    expect(refusal(directory)).toMatch(/is a directory/)
  })

  test('the directory cannot be written', async () => {
    // Nobody may write in /proc, not even root, for whom the mode of a directory means nothing.
    const closed = process.getuid?.() === 0 ? '/proc' : directory
    if (closed === directory) await chmod(directory, 0o500)
    expect(refusal(join(closed, 'sojourn.db'))).toMatch(/can't be opened or created/)
    if (closed === directory) await chmod(directory, 0o700)
  })

  test('it is no database', async () => {
    await writeFile(path, 'Dear diary, '.repeat(100))
    expect(refusal(path)).toMatch(/is not a database.*nothing was changed/)
    expect(await readFile(path, 'utf8')).toBe('Dear diary, '.repeat(100))
  })

  test.each([0, 0x12345678])("it is another program's, with application id %i", (mark) => {
    const other = new Database(path)
    other.pragma(`application_id = ${mark}`)
    other.exec('create table mails (id integer primary key)')
    other.close()
    expect(refusal(path)).toMatch(/database of another program/)
    const after = new Database(path)
    expect(after.pragma('application_id', { simple: true })).toBe(mark)
    expect(after.prepare('select name from sqlite_schema').pluck().all()).toEqual(['mails'])
    after.close()
  })

  test('its schema is newer', () => {
    const db = openDatabase(path)
    db.pragma('user_version = 9999')
    db.close()
    expect(refusal(path)).toMatch(/newer version \(schema 9999/)
  })

  test('its head is damaged', async () => {
    openDatabase(path).close()
    const bytes = await readFile(path)
    await writeFile(path, bytes.fill(0xff, 20, 200))
    expect(refusal(path)).toMatch(/damaged|not a database|can't be used/)
  })
})

describe('migrations', () => {
  const SECOND = { version: 9001, name: '9001-second.sql', sql: 'create table second (a integer) strict;' }

  test('are numbered in order and without gaps', () => {
    expect(readMigrations().map(({ version }) => version)).toEqual(readMigrations().map((_, i) => i + 1))
  })

  test('run once each, and those that are new later', () => {
    const db = openDatabase(path)
    migrate(db, path, [...readMigrations(), SECOND])
    migrate(db, path, [...readMigrations(), SECOND])
    expect(db.prepare('select count(*) from second').pluck().get()).toBe(0)
    expect(db.pragma('user_version', { simple: true })).toBe(9001)
    db.close()
  })

  test('one that fails leaves nothing behind', () => {
    const db = openDatabase(path)
    const broken = {
      ...SECOND,
      sql: 'create table second (a integer) strict; create table events (a integer);',
    }
    expect(() => migrate(db, path, [...readMigrations(), broken])).toThrow(/already exists/)
    expect(db.prepare("select 1 from sqlite_schema where name = 'second'").get()).toBeUndefined()
    expect(db.pragma('user_version', { simple: true })).toBe(readMigrations().at(-1)!.version)
    migrate(db, path, [...readMigrations(), SECOND])
    db.close()
  })

  test('one that was edited after it was applied is noticed', () => {
    const db = openDatabase(path)
    const [first, ...rest] = readMigrations()
    const edited = [{ ...first!, sql: `${first!.sql} -- edited` }, ...rest]
    expect(() => migrate(db, path, edited)).toThrow(/another text of 0001/)
    db.close()
  })

  test('every table is strict', () => {
    const db = openDatabase(path)
    const loose = db.prepare(
      "select name from pragma_table_list where schema = 'main' and strict = 0 and name not like 'sqlite_%'",
    )
    expect(loose.pluck().all()).toEqual([])
    db.close()
  })
})

test('two stores on one file see and respect what the other stored', async () => {
  const [one, other] = [openSqliteStore({ path }), openSqliteStore({ path })]
  await one.commit([makeFact({ id: 'a', session: { id: 's' } })])
  await other.commit([makeFact({ id: 'b', session: { id: 's' }, tags: ['t'] })])
  expect(await one.commit([makeFact({ id: 'b' }), makeFact({ id: 'c', session: { id: 's' } })])).toEqual([
    'duplicate',
    'stored',
  ])
  await other.commit([makeFact({ id: 'd', session: { id: 't' } })])
  await one.commit([makeFact({ id: 'e', session: { id: 'u' } })])
  expect(await other.session('client', 's', 0)).toMatchObject({ counts: { events: 3 }, tags: ['t'] })
  await Promise.all([one.close(), other.close()])
})
