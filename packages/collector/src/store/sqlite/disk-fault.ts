import Database from 'better-sqlite3'

const DISK_FAULT = /^SQLITE_(FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|BUSY|LOCKED|PROTOCOL|NOLFS|PERM)/

/** True where SQLite finds that the file is not as it wrote it. */
export function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
}

/** True for what the disk, the file or another program is to blame for: it may work again later. All other errors are mistakes of ours. */
export function isDiskFault(error: unknown): boolean {
  return error instanceof Database.SqliteError && DISK_FAULT.test(error.code)
}
