import Database from 'better-sqlite3'
import { StoreDamaged } from '../store.ts'
import { structureProblems } from './copy-database.ts'
import { decodeFact, SELECT_EVENTS } from './event-row.ts'
import type { EventRow } from './event-row.ts'
import { createMissingRows } from './missing-rows.ts'
import type { SqliteDatabase } from './open-database.ts'
import { unpackId } from './pack-id.ts'
import type { PackedId } from './pack-id.ts'
import { createStoreParts } from './store-parts.ts'
import { createRefold } from './verify-session.ts'

/** What is wrong with one kind of thing: how many, and the first few in words. */
export interface Findings {
  readonly checked: number
  readonly wrong: number
  readonly examples: readonly string[]
}

/** What was found. All is well when nothing is `wrong` and `structure` is empty. */
export interface Verification {
  /** What SQLite finds wrong with the file's structure, indexes included. */
  readonly structure: readonly string[]
  /** Events that are not what was written. */
  readonly events: Findings
  /** Sessions that are not the fold of their events from scratch, or cannot be found by what they hold. */
  readonly sessions: Findings
}

const MOST_EXAMPLES = 20

/**
 * Reads all events of a file and folds them again, at one moment, while others may write. `look` is called now and then with how many
 * events and sessions have been checked. Never throws for damage: that is what it looks for.
 */
export function verifyDatabase(db: SqliteDatabase, look: (checked: number) => void = () => {}): Verification {
  db.exec('begin')
  try {
    const structure = structureProblems(db)
    const events = collect((found) => verifyEvents(db, found), look)
    const sessions = collect((found) => verifySessions(db, found), look)
    return { structure, events, sessions }
  } finally {
    db.exec('rollback')
  }
}

interface Collected {
  ok(): void
  wrong(words: string): void
}

function collect(verify: (found: Collected) => void, look: (checked: number) => void): Findings {
  let checked = 0
  let wrong = 0
  const examples: string[] = []
  const count = (): void => {
    if (++checked % 10_000 === 0) look(checked)
  }
  const found: Collected = {
    ok: count,
    wrong(words) {
      count()
      wrong++
      if (examples.length < MOST_EXAMPLES) examples.push(words)
    },
  }
  try {
    verify(found)
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    found.wrong(`The rest cannot be read: ${error.message}.`)
  }
  return { checked, wrong, examples }
}

function verifyEvents(db: SqliteDatabase, found: Collected): void {
  const { contexts, sources } = createStoreParts(db)
  const select = db.prepare<[], EventRow & { readonly session_row: number | null }>(
    SELECT_EVENTS.replace(/^select /, 'select e.session_row, ') + ' order by e.row',
  )
  let rows = 0
  let lastRow = 0
  for (const row of select.iterate()) {
    rows++
    lastRow = row.row
    const problem = damageIn(() => decodeFact(row, contexts, sources))
    if (problem !== undefined) found.wrong(problem)
    else if (row.session_row !== null && row.session_id === null)
      found.wrong(`The event ${unpackId(row.id)} is of a session that is not there.`)
    else found.ok()
  }
  const noted = createMissingRows(db).noted()
  const gone = lastRow - rows - (noted ?? lastRow - rows)
  if (gone !== 0) found.wrong(`Events that were stored and never removed are gone: ${gone}.`)
}

function verifySessions(db: SqliteDatabase, found: Collected): void {
  const difference = createRefold(db)
  const select = db.prepare<[], { row: number; id: PackedId }>('select row, id from sessions order by row')
  for (const { row, id } of select.iterate()) {
    const problem = damageIn(() => difference(row))
    if (problem === undefined) found.ok()
    else found.wrong(`The session ${unpackId(id)}: ${problem}`)
  }
}

/** What the work finds wrong, or the damage that it stumbles over. */
function damageIn(work: () => unknown): string | undefined {
  try {
    const found = work()
    return typeof found === 'string' ? found : undefined
  } catch (error) {
    // A row that points to what is not there, or text that is no JSON any more, is damage as well.
    if (error instanceof StoreDamaged || error instanceof SyntaxError || error instanceof TypeError)
      return error.message
    if (error instanceof Database.SqliteError) return `it cannot be read: ${error.message}.`
    if (error instanceof Error && error.message.startsWith('There is no')) return error.message
    throw error
  }
}
