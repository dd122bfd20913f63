import { parseSource } from '../query/parse-source.ts'
import type { Source, Store } from '../store/store.ts'
import type { ImportedEvent } from './imported-line.ts'

/** Where imported events are stored. */
export interface ImportSources {
  /** Id of the source of an event, which is made where it is missing. */
  of(imported: ImportedEvent): Promise<string>
}

/** The file or its import cannot go on as it was asked for; the message says how to mend that. */
export class CannotImport extends Error {}

/** The source of that name or id; it is made where there is none. Rejects with `CannotImport`. */
export async function findSource(
  store: Pick<Store, 'sources' | 'addSource'>,
  name: string,
  type: string,
): Promise<string> {
  const found = (await store.sources()).find((source) => source.id === name || source.name === name)
  return found ? found.id : make(store, { name, type })
}

/** Every event goes to the same source, or, where none is given, to the one that the file names. */
export function createImportSources(
  store: Pick<Store, 'sources' | 'addSource'>,
  fixed: string | undefined,
): ImportSources {
  const known = new Map<string, string>()

  async function named({ id, name, type }: NonNullable<ImportedEvent['source']>): Promise<string> {
    const all = await store.sources()
    const found = all.find((source) => (id === undefined ? source.name === name : source.id === id))
    if (found) return found.id
    if (name !== undefined) return make(store, { name, type: type ?? 'marketing' }, id)
    return id!
  }

  return {
    async of({ source }) {
      if (fixed !== undefined) return fixed
      if (source?.id === undefined && source?.name === undefined)
        throw new CannotImport('The file does not say which source its events are of: add --source NAME.')
      const key = JSON.stringify([source.id, source.name])
      const id = known.get(key) ?? (await named(source))
      known.set(key, id)
      return id
    },
  }
}

async function make(
  store: Pick<Store, 'addSource'>,
  given: { readonly name: string; readonly type: string },
  id?: string,
): Promise<string> {
  const parsed = parseSource(given)
  if (!parsed.ok) throw new CannotImport(`The source cannot be made: ${parsed.errors.join(' ')}`)
  const source: Source = { ...parsed.source, ...(id !== undefined && { id }) }
  await store.addSource(source)
  return source.id
}
