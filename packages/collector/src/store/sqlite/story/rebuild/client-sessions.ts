import type { SqliteDatabase } from '../../open-database.ts'
import { readNumbers } from './read-numbers.ts'
import { codesOf } from './term-codes.ts'
import type { TermCode } from './term-codes.ts'

/** Columns of numbers; a word or a place that is not known is 0. */
const COLUMNS = [
  'identity_row',
  'profile_row',
  'source_row',
  'start',
  'events',
  'page_views',
  'entry_name',
  'exit_name',
  'entry_path',
  'exit_path',
  'device',
  'country',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'rulebook',
  'points',
] as const

export type ClientColumn = (typeof COLUMNS)[number]

/** Sessions of `client`, as columns of what they can be found by. */
export interface ClientSessions {
  readonly columns: { readonly [Column in ClientColumn]: Float64Array }
  readonly terms: readonly (readonly TermCode[])[]
  /** Names of the goals of those that reach any, by place. */
  readonly goals: ReadonlyMap<number, readonly string[]>
}

/** Reads the terms of the sessions in some rows, which ascend. */
export type ReadClientTerms = (rows: Uint32Array) => ClientSessions['terms']

/** Reads the sessions in some rows; entry `i` of each column is that of row `rows[i]`, and the rows ascend. */
export type ReadClientSessions = (rows: Uint32Array) => ClientSessions

const WANTED = 'from json_each(?) wanted cross join facts.sessions s on s.row = wanted.value'

interface Texts {
  readonly numbers: Buffer
  readonly terms: string
}

/** Over a connection that sees the facts as `facts`. */
export function createReadClientSessions(db: SqliteDatabase): ReadClientSessions {
  const numbers = COLUMNS.map((name) => `ifnull(${name}, 0)`).join(` || ' ' || `)
  const select = db.prepare<[string], Texts>(
    `select cast(group_concat(${numbers}, ' ') || ' ' as blob) as numbers, group_concat(terms, ' ') as terms ${WANTED}`,
  )
  const selectGoals = db
    .prepare<[string], [row: number, goals: string]>(
      `select s.row, s.goals ${WANTED} where s.goals is not null`,
    )
    .raw()
  const readTerms = createReadTerms()

  return (rows) => {
    const columns = Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(rows.length)])) as {
      readonly [Column in ClientColumn]: Float64Array
    }
    if (rows.length === 0) return { columns, terms: [], goals: new Map() }
    const inOrder = COLUMNS.map((name) => columns[name])
    const list = `[${rows.join()}]`
    const texts = select.get(list)!
    const found = readNumbers(texts.numbers)
    for (let place = 0; place < rows.length; place++)
      for (const column of inOrder) column[place] = found.next()
    const goals = new Map<number, readonly string[]>()
    const placeOf = new Map<number, number>()
    const withGoals = selectGoals.all(list)
    if (withGoals.length > 0) rows.forEach((row, place) => placeOf.set(row, place))
    for (const [row, names] of withGoals) goals.set(placeOf.get(row)!, JSON.parse(names) as string[])
    return { columns, terms: texts.terms.split(' ').map(readTerms), goals }
  }
}

/** Over a connection that sees the facts as `facts`. */
export function createReadClientTerms(db: SqliteDatabase): ReadClientTerms {
  const select = db.prepare<[string], string>(`select group_concat(terms, ' ') ${WANTED}`).pluck()
  const readTerms = createReadTerms()
  return (rows) => (rows.length === 0 ? [] : select.get(`[${rows.join()}]`)!.split(' ').map(readTerms))
}

const MOST_REMEMBERED = 10_000

/** Sessions that did the same are many. */
function createReadTerms(): (column: string) => readonly TermCode[] {
  const known = new Map<string, readonly TermCode[]>()
  return (column) => {
    let codes = known.get(column)
    if (!codes) {
      if (known.size >= MOST_REMEMBERED) known.clear()
      known.set(column, (codes = codesOf(column)))
    }
    return codes
  }
}
