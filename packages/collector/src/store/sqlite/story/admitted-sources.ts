import type { Definition } from '../../../definition/definition.ts'
import type { SqliteDatabase } from '../open-database.ts'
import type { FactsReader } from './facts-reader.ts'

/** The sources whose events a definition tells. */
export interface AdmittedSources {
  /** Their rows; undefined where all take part. */
  rows(): readonly number[] | undefined
  admits(sourceRow: number): boolean
  /** Takes in the sources that are new; true when one of them takes part. */
  refresh(): boolean
  /** Reads again what is stored: a transaction was undone, or another process wrote. */
  forget(): void
  /** True when a source that was there before takes part now and did not, or the other way round. */
  isOutdated(): boolean
}

/** Over the writing connection of a story. */
export function admittedSources(
  db: SqliteDatabase,
  definition: Definition,
  facts: FactsReader,
): AdmittedSources {
  const { sources, sourceTypes } = definition
  const read = db.prepare<[], { last: number; admitted: string | null }>(
    'select last_source as last, admitted from story',
  )
  const write = db.prepare<[number, string]>('update story set last_source = ?, admitted = ?')
  const isForAll = sources === undefined && sourceTypes === undefined
  let { last, admitted } = stored()

  function stored(): { last: number; admitted: ReadonlySet<number> } {
    const row = read.get()!
    return { last: row.last, admitted: new Set(JSON.parse(row.admitted ?? '[]') as number[]) }
  }

  /** Of all the sources that there are now. */
  function current(): readonly number[] {
    return facts
      .sources()
      .filter(({ id, name }) => sources?.some((wanted) => wanted === id || wanted === name) ?? true)
      .filter(({ type }) => sourceTypes?.includes(type) ?? true)
      .map(({ row }) => row)
  }

  return {
    rows: () => (isForAll ? undefined : [...admitted]),
    admits: (row) => isForAll || admitted.has(row),
    refresh() {
      if (isForAll) return false
      const all = facts.sources()
      const newest = all.at(-1)?.row ?? 0
      if (newest <= last) return false
      const added = current().filter((row) => row > last)
      last = newest
      admitted = new Set([...admitted, ...added])
      write.run(last, JSON.stringify([...admitted]))
      return added.length > 0
    },
    forget() {
      ;({ last, admitted } = stored())
    },
    isOutdated() {
      if (isForAll) return false
      const now = current().filter((row) => row <= last)
      return now.length !== admitted.size || now.some((row) => !admitted.has(row))
    },
  }
}
