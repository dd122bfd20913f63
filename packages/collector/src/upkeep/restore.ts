import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { copyDatabase } from '../store/sqlite/copy-database.ts'
import { openExisting } from '../store/sqlite/open-database.ts'
import { CannotCopy } from './cannot-copy.ts'

/** What a restore did. */
export interface Restored {
  readonly bytes: number
  /** Where the database that was there before is now. */
  readonly movedTo?: string
}

/**
 * Puts a backup in the place of the database at `dbPath`. One that is there stays, unless `replace`: then it is moved aside, if no process
 * uses it. `stamp` ends the name that it gets. Rejects with `CannotCopy` and `CannotOpenStore`.
 */
export async function restore(
  file: string,
  dbPath: string,
  { replace, stamp }: { readonly replace: boolean; readonly stamp: string },
): Promise<Restored> {
  const [source, target] = [resolve(file), resolve(dbPath)]
  if (source === target) throw new CannotCopy(`${source} is the database itself. Name the backup.`)
  if (!existsSync(dirname(target)))
    throw new CannotCopy(`The directory ${dirname(target)} does not exist. Make it.`)
  openExisting(source).close()
  const isThere = ENDS.some((end) => existsSync(target + end))
  if (isThere && !replace)
    throw new CannotCopy(
      `There is a database at ${target} already. Stop its collector and say --replace, which moves it aside, or name another place by SOJOURN_DB.`,
    )
  if (isThere) refuseWhileInUse(target)
  const incoming = `${target}.incoming`
  rmSync(incoming, { force: true })
  const problems = await copyDatabase(source, incoming)
  if (problems.length > 0)
    throw new CannotCopy(
      `${source} is damaged (${problems[0]}). Restore another backup; nothing was changed.`,
    )
  const movedTo = isThere ? moveAside(target, stamp) : undefined
  // They were told of other events, and will be told of these.
  rmSync(`${target}-stories`, { recursive: true, force: true })
  renameSync(incoming, target)
  return { bytes: statSync(target).size, ...(movedTo !== undefined && { movedTo }) }
}

const ENDS = ['', '-wal', '-shm']

/** Whoever has the file open holds a lock by which it must stay in the write-ahead mode. What is damaged says nothing, and is let go. */
function refuseWhileInUse(path: string): void {
  if (!existsSync(path)) return
  let db: Database.Database | undefined
  try {
    db = new Database(path, { timeout: 0 })
    db.pragma('journal_mode = delete')
  } catch (error) {
    if (error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code))
      throw new CannotCopy(`${path} is in use. Stop its collector first; nothing was changed.`)
  } finally {
    db?.close()
  }
}

function moveAside(path: string, stamp: string): string {
  const aside = `${path}.replaced-${stamp}`
  for (const end of ENDS) if (existsSync(path + end)) renameSync(path + end, aside + end)
  return aside
}
