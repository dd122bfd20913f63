import type { Source } from '../store.ts'
import type { SqliteDatabase } from './open-database.ts'

/** What a session object says of a source. One that nobody added goes by its id, with the type `unknown`. */
export interface NamedSource {
  readonly id: string
  readonly name: string
  readonly type: string
}

/** The sources, as `Store` has them, and their rows. */
export interface Sources {
  list(): readonly Source[]
  add(source: Source): boolean
  change(source: Source): boolean
  remove(id: string): boolean
  /** The row of a source; facts of a source that was never added get it one. */
  intern(id: string): number
  name(row: number): NamedSource
  /** The id of the source in a row, which never changes; the row itself as a text where there is none. */
  idOf(row: number): string
  find(id: string): NamedSource
  /** Rows of the sources with this id or name. */
  rowsNamed(idOrName: string): readonly number[]
  rowsOfType(type: string): readonly number[]
  /** Forgets what it remembers: a transaction was undone, or someone else wrote. */
  forget(): void
}

interface SourceRow {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly origins: string | null
  readonly write_key: string | null
}

/** Prepares the statements. */
export function createSources(db: SqliteDatabase): Sources {
  const columns = 'id, name, type, origins, write_key'
  const list = db.prepare<[], SourceRow>(
    `select ${columns} from sources where write_key is not null and removed = 0 order by row`,
  )
  const selectRow = db.prepare<[string], number>('select row from sources where id = ?').pluck()
  const select = db.prepare<[string], SourceRow>(`select ${columns} from sources where id = ?`)
  const selectByRow = db.prepare<[number], SourceRow>(`select ${columns} from sources where row = ?`)
  const named = db
    .prepare<[string, string], number>('select row from sources where id = ? or name = ?')
    .pluck()
  const ofType = db.prepare<[string], number>('select row from sources where type = ?').pluck()
  const keyOwner = db.prepare<[string], string>('select id from sources where write_key = ?').pluck()
  const insert = db.prepare<[string, string]>(`insert into sources (id, name, type) values (?, ?, 'unknown')`)
  const fill = db.prepare(
    'update sources set name = ?, type = ?, origins = ?, write_key = ? where row = ? and write_key is null',
  )
  const update = db.prepare(
    'update sources set name = ?, type = ?, origins = ?, write_key = ? where id = ? and removed = 0 and write_key is not null',
  )
  const remove = db.prepare<[string]>(
    'update sources set removed = 1 where id = ? and removed = 0 and write_key is not null',
  )
  const rows = new Map<string, number>()
  const ids = new Map<number, string>()

  function intern(id: string): number {
    const row = rows.get(id) ?? selectRow.get(id) ?? Number(insert.run(id, id).lastInsertRowid)
    rows.set(id, row)
    return row
  }

  function idOf(row: number): string {
    const known = ids.get(row)
    if (known !== undefined) return known
    const found = selectByRow.get(row)
    if (found) ids.set(row, found.id)
    return found?.id ?? String(row)
  }

  const add = db.transaction(({ id, name, type, origins, writeKey }: Source): boolean => {
    if (keyOwner.get(writeKey) !== undefined) return false
    const row = selectRow.get(id) ?? Number(insert.run(id, id).lastInsertRowid)
    return fill.run(name, type, JSON.stringify(origins), writeKey, row).changes === 1
  })

  const change = db.transaction(({ id, name, type, origins, writeKey }: Source): boolean => {
    const owner = keyOwner.get(writeKey)
    if (owner !== undefined && owner !== id) return false
    return update.run(name, type, JSON.stringify(origins), writeKey, id).changes === 1
  })

  return {
    list: () => list.all().map(toSource),
    add: (source) => add.immediate(source),
    change: (source) => change.immediate(source),
    remove: (id) => remove.run(id).changes === 1,
    intern,
    name: (row) => toNamed(selectByRow.get(row), String(row)),
    idOf,
    find: (id) => toNamed(select.get(id), id),
    rowsNamed: (idOrName) => named.all(idOrName, idOrName),
    rowsOfType: (type) => ofType.all(type),
    forget() {
      rows.clear()
      ids.clear()
    },
  }
}

function toSource(row: SourceRow): Source {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    origins: JSON.parse(row.origins ?? '[]') as string[],
    writeKey: row.write_key ?? '',
  }
}

function toNamed(row: SourceRow | undefined, id: string): NamedSource {
  return row ? { id: row.id, name: row.name, type: row.type } : { id, name: id, type: 'unknown' }
}
