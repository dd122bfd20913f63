import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { openForReading } from './open-database.ts'

/** Pages that are copied before the process looks for signals. */
const PAGES_AT_ONCE = 2_000

/**
 * Copies a database as it is at one moment, while others write to it, into one file of its own, which appears when it is whole and on the
 * disk. Resolves to what SQLite finds wrong with the copy's structure; then there is no file. Throws what SQLite throws.
 */
export async function copyDatabase(from: string, to: string): Promise<readonly string[]> {
  const target = resolve(to)
  const unfinished = `${target}.unfinished`
  removeDatabase(unfinished)
  const source = openForReading(from)
  try {
    // Holds on to this moment: without it, each commit in between would begin the copy anew.
    source.exec('begin')
    source.prepare('select count(*) from sqlite_schema').get()
    await source.backup(unfinished, { progress: () => PAGES_AT_ONCE })
  } catch (error) {
    removeDatabase(unfinished)
    throw error
  } finally {
    source.close()
  }
  const problems = finish(unfinished)
  if (problems.length > 0) removeDatabase(unfinished)
  else {
    renameSync(unfinished, target)
    sync(dirname(target))
  }
  return problems
}

/** Deletes a database and what SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
}

/** What SQLite finds wrong with a file's structure, indexes included; nothing when it is well. Also where the file is so damaged that it cannot be looked at. */
export function structureProblems(db: Database.Database): readonly string[] {
  try {
    const found = db.pragma('integrity_check(20)', { simple: false }) as readonly {
      integrity_check: string
    }[]
    return found.map(({ integrity_check }) => integrity_check).filter((line) => line !== 'ok')
  } catch (error) {
    if (error instanceof Database.SqliteError) return [error.message]
    throw error
  }
}

/** Makes one file of it, and brings it to the disk. */
function finish(path: string): readonly string[] {
  const db = new Database(path)
  try {
    const problems = structureProblems(db)
    if (problems.length === 0) db.pragma('journal_mode = delete')
    return problems
  } finally {
    db.close()
    if (existsSync(path)) sync(path)
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
