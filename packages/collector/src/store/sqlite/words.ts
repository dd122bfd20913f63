import type { SqliteDatabase } from './open-database.ts'
import { createRecentMap } from './recent-map.ts'

/** Texts that repeat, kept once. */
export interface Words {
  /** The word's row; it is stored where it is new. */
  intern(text: string): number
  /** The word's row, or undefined when nothing stored holds it. */
  find(text: string): number | undefined
  /** The text of a row; undefined when there is none. */
  read(row: number): string | undefined
  /** The text of a row. Throws when there is none: rows come from the same database. */
  text(row: number): string
  /** Forgets what it remembers: a transaction was undone, or someone else wrote. */
  forget(): void
}

const REMEMBERED = 20_000
/** Longer words are looked up each time, so that hostile paths can't fill the memory. */
const LONGEST_REMEMBERED = 256

/** Prepares the statements. Of so many words it remembers their rows, and of so many rows their words. */
export function createWords(db: SqliteDatabase, remembered = REMEMBERED): Words {
  const select = db.prepare<[string], number>('select row from words where text = ?').pluck()
  const selectText = db.prepare<[number], string>('select text from words where row = ?').pluck()
  const insert = db.prepare<[string]>('insert into words (text) values (?)')
  const rows = createRecentMap<string, number>(remembered)
  const texts = createRecentMap<number, string>(remembered)

  function find(text: string): number | undefined {
    const known = rows.get(text)
    if (known !== undefined) return known
    const row = select.get(text)
    if (row !== undefined && text.length <= LONGEST_REMEMBERED) rows.set(text, row)
    return row
  }

  function read(row: number): string | undefined {
    const known = texts.get(row)
    if (known !== undefined) return known
    const text = selectText.get(row)
    if (text !== undefined && text.length <= LONGEST_REMEMBERED) texts.set(row, text)
    return text
  }

  return {
    find,
    intern(text) {
      const known = find(text)
      if (known !== undefined) return known
      const row = Number(insert.run(text).lastInsertRowid)
      if (text.length <= LONGEST_REMEMBERED) rows.set(text, row)
      return row
    },
    read,
    text(row) {
      const text = read(row)
      if (text === undefined) throw new Error(`There is no word ${row}.`)
      return text
    },
    forget() {
      rows.clear()
      texts.clear()
    },
  }
}
