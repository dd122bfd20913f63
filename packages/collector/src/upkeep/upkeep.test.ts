import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { allEvents, allSessions } from '../store/contract/read-all.fixture.ts'
import { CannotOpenStore } from '../store/sqlite/cannot-open-store.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import { backUp } from './back-up.ts'
import { CannotCopy } from './cannot-copy.ts'
import { restore } from './restore.ts'
import { makeFile, makeFolder, openStore, visit } from './upkeep-files.fixture.ts'
import { runVerify } from './upkeep-commands.ts'

const restoring = { replace: false, stamp: 'then' }

test('a backup that is made while events arrive holds what was acknowledged before it, and no half of a batch', async () => {
  const path = join(makeFolder(), 'sojourn.db')
  const store = openStore(path)
  let acknowledged = 0
  let isOver = false
  const sending = (async () => {
    for (; !isOver; acknowledged += 10) {
      await store.commit(Array.from({ length: 10 }, (_, i) => visit(acknowledged + i)))
    }
  })()
  while (acknowledged < 2_000) await new Promise((resolve) => setImmediate(resolve))
  const before = acknowledged
  const file = join(makeFolder(), 'backup.db')
  await backUp(path, file)
  isOver = true
  await sending
  expect(acknowledged).toBeGreaterThan(before)

  expect(readdirSync(join(file, '..'))).toEqual(['backup.db'])
  expect(runVerify({ dbPath: file })).toMatchObject({ sound: true })
  const copy = openStore(file)
  const events = await allEvents(copy)
  expect(events.length).toBeGreaterThanOrEqual(before)
  expect(events.length % 10).toBe(0)
})

describe('a backup is refused in a sentence, and nothing is left behind,', () => {
  test.each([
    ['where a file is there already', 'old.db', /old\.db is there already.*nothing is overwritten/],
    ['where the folder is missing', 'none/new.db', /none does not exist/],
  ])('%s', async (_where, name, sentence) => {
    const path = await makeFile()
    const folder = makeFolder()
    writeFileSync(join(folder, 'old.db'), 'precious')
    const refused = backUp(path, join(folder, name))
    await expect(refused).rejects.toThrow(CannotCopy)
    await expect(refused).rejects.toThrow(sentence)
    expect(readFileSync(join(folder, 'old.db'), 'utf8')).toBe('precious')
    expect(readdirSync(folder)).toEqual(['old.db'])
  })

  test('where there is no database, or one of another program', async () => {
    const folder = makeFolder()
    await expect(backUp(join(folder, 'no.db'), join(folder, 'b.db'))).rejects.toThrow(
      'There is no database at',
    )
    new Database(join(folder, 'other.db')).exec('create table notes (a)').close()
    await expect(backUp(join(folder, 'other.db'), join(folder, 'b.db'))).rejects.toThrow(
      'no database of Sojourn',
    )
    expect(existsSync(join(folder, 'b.db'))).toBe(false)
  })

  test('where the database is damaged', async () => {
    const path = await makeFile()
    const bytes = readFileSync(path)
    bytes.fill(0xa5, 5 * 4_096, 6 * 4_096)
    writeFileSync(path, bytes)
    const file = join(makeFolder(), 'b.db')
    await expect(backUp(path, file)).rejects.toThrow(/is damaged \(.+\), so no backup of it was kept/)
    expect(readdirSync(join(file, '..'))).toEqual([])
  })
})

describe('a restore', () => {
  test('answers as the store did when the backup was made', async () => {
    const path = await makeFile()
    const before = openStore(path)
    const expected = [
      await allEvents(before),
      await allSessions(before),
      await before.profiles({ limit: 500 }),
    ]
    const file = join(makeFolder(), 'b.db')
    await backUp(path, file)
    const target = join(makeFolder(), 'sojourn.db')
    expect(await restore(file, target, restoring)).toEqual({ bytes: expect.any(Number) })
    const after = openStore(target)
    expect([await allEvents(after), await allSessions(after), await after.profiles({ limit: 500 })]).toEqual(
      expected,
    )
  })

  test('leaves a database alone that is there, and moves it aside when told to', async () => {
    const [path, target] = [await makeFile(), await makeFile()]
    const file = join(makeFolder(), 'b.db')
    await backUp(path, file)
    const store = openSqliteStore({ path: target })
    await store.commit([visit(1_000)])
    expect((await store.profiles({ limit: 1 })).rows).toHaveLength(1)
    await expect(restore(file, target, restoring)).rejects.toThrow(/is a database at .* already.*--replace/)
    const inUse = restore(file, target, { ...restoring, replace: true })
    await expect(inUse).rejects.toThrow(/is in use. Stop its collector first; nothing was changed/)
    expect(await allEvents(store)).toHaveLength(351)
    await store.close()

    const { movedTo } = await restore(file, target, { ...restoring, replace: true })
    expect(movedTo).toBe(`${target}.replaced-then`)
    expect(readdirSync(join(target, '..')).sort()).toEqual(['sojourn.db', 'sojourn.db.replaced-then'])
    expect(await allEvents(openStore(target))).toHaveLength(350)
    expect(await allEvents(openStore(movedTo!))).toHaveLength(351)
  })

  test('takes the place of a database that is too damaged to be opened', async () => {
    const file = await makeFile()
    const target = join(makeFolder(), 'sojourn.db')
    writeFileSync(target, 'nothing that anyone could read'.repeat(500))
    await restore(file, target, { ...restoring, replace: true })
    expect(await allEvents(openStore(target))).toHaveLength(350)
  })

  test('refuses a backup that is damaged, or none, and changes nothing', async () => {
    const target = await makeFile()
    const damaged = join(makeFolder(), 'damaged.db')
    copyFileSync(target, damaged)
    const bytes = readFileSync(damaged)
    bytes.fill(0xa5, 5 * 4_096, 6 * 4_096)
    writeFileSync(damaged, bytes)
    await expect(restore(damaged, target, { ...restoring, replace: true })).rejects.toThrow(/is damaged/)
    await expect(restore('/no/such', target, { ...restoring, replace: true })).rejects.toThrow(
      CannotOpenStore,
    )
    await expect(restore(target, target, { ...restoring, replace: true })).rejects.toThrow(
      'is the database itself',
    )
    expect(readdirSync(join(target, '..'))).toEqual(['sojourn.db'])
    expect(await allEvents(openStore(target))).toHaveLength(350)
  })
})
