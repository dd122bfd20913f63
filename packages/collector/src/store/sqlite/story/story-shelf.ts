import type { Definition } from '../../../definition/definition.ts'
import type { DefinitionVersion } from '../../kept-definition.ts'
import type { Store } from '../../store.ts'

/** One telling of a definition: another version of it, or the same version told anew. */
export interface Edition {
  readonly definition: Definition
  readonly version: number
  /** How many times this version was told anew. */
  readonly build: number
}

/** What is wanted of a definition, and the edition that readers see; undefined until one has been told to its end. */
export interface StoryRecord {
  readonly wanted: Edition
  readonly ready?: Edition
  /** What the definition was before, the oldest first; as many as are kept. */
  readonly earlier?: readonly DefinitionVersion[]
}

/** The definitions that were made, changed or asked for, and their editions. */
export interface StoryShelf {
  get(name: string): StoryRecord | undefined
  all(): readonly StoryRecord[]
  /** Resolves when it is durable. `undefined` takes the record away. */
  put(name: string, record: StoryRecord | undefined): Promise<void>
}

const SETTING = 'definitions'

/** Reads the shelf, which is one of the store's settings. */
export async function openStoryShelf(store: Pick<Store, 'setting' | 'putSetting'>): Promise<StoryShelf> {
  const read = async () => {
    const text = await store.setting(SETTING)
    return new Map<string, StoryRecord>(
      text === undefined ? [] : (JSON.parse(text) as [string, StoryRecord][]),
    )
  }
  let records = await read()
  let last: Promise<unknown> = Promise.resolve()

  async function write(name: string, record: StoryRecord | undefined): Promise<void> {
    // Another process may have written since.
    const stored = await read()
    for (const shelf of [records, stored])
      if (record) shelf.set(name, record)
      else shelf.delete(name)
    records = stored
    await store.putSetting(SETTING, JSON.stringify([...stored]))
  }

  return {
    get: (name) => records.get(name),
    all: () => [...records.values()],
    put(name, record) {
      if (record) records.set(name, record)
      else records.delete(name)
      const done = last.then(() => write(name, record))
      last = done.catch(() => undefined)
      return done
    },
  }
}

/** True for the same telling of the same version. */
export function isSameEdition(a: Edition, b: Edition | undefined): boolean {
  return b !== undefined && a.version === b.version && a.build === b.build
}
