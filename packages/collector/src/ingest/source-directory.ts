import type { Source, Store } from '../store/store.ts'

/** The sources in memory, so that no event waits for a lookup. Changes go through it, and hold from the moment they resolve. */
export interface SourceDirectory {
  byWriteKey(writeKey: string): Source | undefined
  byId(id: string): Source | undefined
  /** True when any source names this origin. */
  namesOrigin(origin: string): boolean
  all(): readonly Source[]
  /** Takes up what other processes over the same store have changed. Rejects with `StoreUnavailable`. */
  reload(): Promise<void>
  /** Resolves to false, and changes nothing, when the id or the write key is taken. */
  add(source: Source): Promise<boolean>
  /** Resolves to false, and changes nothing, when there is no source of that id or another one has the write key. */
  change(source: Source): Promise<boolean>
  /** Resolves to false when there is no source of that id. */
  remove(id: string): Promise<boolean>
}

/** Reads the sources of a store. Rejects with `StoreUnavailable`. */
export async function openSourceDirectory(store: Store): Promise<SourceDirectory> {
  let sources: readonly Source[] = []
  let byKey = new Map<string, Source>()
  let byId = new Map<string, Source>()
  let origins = new Set<string>()
  let asked = 0
  let taken = 0
  const reload = async () => {
    const turn = ++asked
    const found = await store.sources()
    // An answer that was overtaken by a later one is of no use any more.
    if (turn < taken) return
    taken = turn
    sources = found
    byKey = new Map(sources.map((source) => [source.writeKey, source]))
    byId = new Map(sources.map((source) => [source.id, source]))
    origins = new Set(sources.flatMap((source) => source.origins))
  }
  await reload()
  return {
    byWriteKey: (writeKey) => byKey.get(writeKey),
    byId: (id) => byId.get(id),
    namesOrigin: (origin) => origins.has(origin),
    all: () => sources,
    reload,
    add: async (source) => {
      const isAdded = await store.addSource(source)
      if (isAdded) await reload()
      return isAdded
    },
    change: async (source) => {
      const isChanged = await store.changeSource(source)
      if (isChanged) await reload()
      return isChanged
    },
    remove: async (id) => {
      const isRemoved = await store.removeSource(id)
      if (isRemoved) await reload()
      return isRemoved
    },
  }
}
