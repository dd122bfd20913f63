import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { isDiskFault } from '../disk-fault.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { readStatement } from '../read-statement.ts'

/** Two connections to the file of one story. */
export interface StoryFile {
  /** Sees the story alone, so that writing it never waits for the file of the facts, nor keeps that waiting. */
  readonly writer: SqliteDatabase
  /** Sees the facts beside it: its `events` are those that are told in a session, each with its `session_row`. */
  readonly reader: SqliteDatabase
  close(): void
}

const SCHEMA = readStatement('./story/story-schema.sql')
const INDEXES = readStatement('./story/story-indexes.sql')
const EVENTS = readStatement('./story/session-events-view.sql')
const FORMAT = 7
/** Each story that is open has both; a rebuild has one more. */
const WRITER_CACHE_KIB = 4 * 1024
const READER_CACHE_KIB = 1024
const REBUILD_CACHE_KIB = 16 * 1024
/** 64 MB. A slice changes about a thousand pages all over the file; to put them in their place each time would take most of the time. */
const CHECKPOINT_PAGES = 16_000
/** Longer than another process keeps what it told unwritten. */
const BUSY_TIMEOUT_MS = 15_000

/**
 * Opens the file of a story, and makes it where it is missing or can't be used: everything in it can be told again.
 * Commits to it survive a kill; a power cut may take the last ones with it, never half of one.
 */
export function openStoryFile(path: string, factsPath: string): StoryFile {
  mkdirSync(dirname(path), { recursive: true })
  const writer = openWriter(path)
  const reader = new Database(path)
  reader.pragma(`cache_size = -${READER_CACHE_KIB}`)
  reader.prepare('attach ? as facts').run(factsPath)
  reader.exec(EVENTS)
  return {
    writer,
    reader,
    close() {
      reader.close()
      writer.close()
    },
  }
}

/** Deletes the file of a story, which must be closed, and what a rebuild of it left. */
export function removeStoryFile(path: string): void {
  for (const end of ['', '-wal', '-shm', '.new', '.events']) rmSync(path + end, { force: true })
}

/**
 * Makes the file of a story that is told in one go: without indexes, journal or care for power cuts, since it is thrown away when it is
 * not finished. `completeStoryFile` does the rest.
 */
export function createBareStory(path: string): SqliteDatabase {
  const db = new Database(path)
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma(`cache_size = -${REBUILD_CACHE_KIB}`)
  db.exec(SCHEMA)
  return db
}

/** Makes the indexes of a bare story and marks it as whole. Within the transaction that told it. */
export function completeStoryFile(db: SqliteDatabase): void {
  db.exec(INDEXES)
  db.pragma(`user_version = ${FORMAT}`)
}

function openWriter(path: string): SqliteDatabase {
  try {
    const db = new Database(path, { timeout: BUSY_TIMEOUT_MS })
    const format = prepare(db)
    if (format === FORMAT) return db
    db.close()
  } catch (error) {
    if (!isDiskFault(error)) throw error
  }
  removeStoryFile(path)
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS })
  prepare(db)
  return db
}

/** The format of the file, which is made where there is none. */
function prepare(db: SqliteDatabase): unknown {
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = normal')
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  db.pragma(`cache_size = -${WRITER_CACHE_KIB}`)
  const format = db.pragma('user_version', { simple: true })
  if (format !== 0) return format
  db.transaction(() => {
    db.exec(SCHEMA)
    db.exec(INDEXES)
    db.pragma(`user_version = ${FORMAT}`)
  })()
  return FORMAT
}
