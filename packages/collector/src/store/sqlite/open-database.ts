import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { CannotOpenStore } from './cannot-open-store.ts'
import { migrate } from './migrate.ts'

export type SqliteDatabase = Database.Database

/** Marks a file as ours ("Sjrn"), see https://www.sqlite.org/pragma.html#pragma_application_id. */
const APPLICATION_ID = 0x536a726e

/** Holds the pages of the sessions that go on and the upper ones of all indexes; the system's own cache has the rest. A service has two connections. */
const CACHE_KIB = 24 * 1024

/**
 * The log is moved into the database when it has this many pages of 4 KiB. With SQLite's own 1,000, nearly every transaction under load
 * would do so; now a page that several of them change is moved once.
 */
const LOG_PAGES = 4_000

/** How long a write waits for another process that writes, such as a running import, in ms. */
const BUSY_TIMEOUT_MS = 5_000

/**
 * Opens the database file, makes it where there is none, and brings its schema up to date. Its commits are durable: WAL with `synchronous=FULL`.
 * Throws `CannotOpenStore` when the directory is missing or read-only, or the file is another program's, a newer version's or no database.
 */
export function openDatabase(path: string): SqliteDatabase {
  const file = resolve(path)
  checkPlace(file)
  const db = explain(file, () => new Database(file, { timeout: BUSY_TIMEOUT_MS }))
  try {
    explain(file, () => {
      checkOwner(db, file)
      makeDurable(db, file)
      migrate(db, file)
    })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Another connection to a file that is open already, which changes nothing in it. */
export function openForReading(path: string): SqliteDatabase {
  const db = new Database(path, { readonly: true, timeout: BUSY_TIMEOUT_MS })
  db.pragma(`cache_size = -${CACHE_KIB}`)
  return db
}

/** A connection that only reads a file of ours that is there. Throws `CannotOpenStore` where it is none, or cannot be read at all. */
export function openExisting(path: string): SqliteDatabase {
  const file = resolve(path)
  checkPlace(file)
  if (!existsSync(file)) throw new CannotOpenStore(`There is no database at ${file}.`)
  const db = explain(file, () => openForReading(file))
  try {
    explain(file, () => {
      const mark = db.pragma('application_id', { simple: true })
      if (mark !== APPLICATION_ID) throw new CannotOpenStore(`${file} is no database of Sojourn.`)
    })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function checkPlace(file: string): void {
  const directory = dirname(file)
  if (!existsSync(directory))
    throw new CannotOpenStore(
      `The directory ${directory} does not exist. Create it, or name another database file.`,
    )
  if (!statSync(directory).isDirectory())
    throw new CannotOpenStore(
      `${directory} is not a directory, so no database file can be in it. Name another one.`,
    )
  if (existsSync(file) && statSync(file).isDirectory())
    throw new CannotOpenStore(`${file} is a directory. Name a database file, such as ${file}/sojourn.db.`)
}

/** An empty file is anyone's; else the mark has to be ours. */
function checkOwner(db: SqliteDatabase, file: string): void {
  const mark = db.pragma('application_id', { simple: true })
  if (mark === APPLICATION_ID) return
  const tables = db.prepare('select count(*) from sqlite_schema').pluck().get()
  if (mark !== 0 || tables !== 0)
    throw new CannotOpenStore(
      `${file} is the database of another program. Name another file; nothing was changed in this one.`,
    )
}

function makeDurable(db: SqliteDatabase, file: string): void {
  const mode = db.pragma('journal_mode = wal', { simple: true })
  if (mode !== 'wal')
    throw new CannotOpenStore(`${file} lies where SQLite can't keep a write-ahead log. Use a local disk.`)
  // better-sqlite3 is built with NORMAL as the default in WAL mode, in which a power cut takes the last commits with it.
  db.pragma('synchronous = full')
  db.pragma(`application_id = ${APPLICATION_ID}`)
  db.pragma(`cache_size = -${CACHE_KIB}`)
  db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
}

/** Runs `open`, and says in a sentence what SQLite says in a code. */
function explain<Value>(file: string, open: () => Value): Value {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    throw new CannotOpenStore(sentence(file, error), { cause: error })
  }
}

function sentence(file: string, { code, message }: { code: string; message: string }): string {
  if (code.startsWith('SQLITE_NOTADB'))
    return `${file} is not a database. Name another file; nothing was changed in this one.`
  if (code.startsWith('SQLITE_CANTOPEN'))
    return `${file} can't be opened or created. Check that this user may write in ${dirname(file)}.`
  if (code.startsWith('SQLITE_READONLY'))
    return `${file} can't be written. Check that this user may write it and its directory.`
  if (code.startsWith('SQLITE_BUSY'))
    return `${file} is being written by another program. Stop that one first.`
  if (code.startsWith('SQLITE_CORRUPT')) return `${file} is damaged. Restore it from a backup.`
  if (code.startsWith('SQLITE_FULL')) return `There is no room left on the disk of ${file}.`
  return `${file} can't be used: ${message}.`
}
