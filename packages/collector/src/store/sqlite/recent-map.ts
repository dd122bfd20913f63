/** A map of bounded size. */
export interface RecentMap<Key, Value> {
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
  clear(): void
}

/**
 * A map of at most `most` entries, which keeps those that were used lately: at least the last half of that many. Entries live in two
 * generations, so that finding a recent one moves nothing.
 */
export function createRecentMap<Key, Value>(most: number): RecentMap<Key, Value> {
  let recent = new Map<Key, Value>()
  let older = new Map<Key, Value>()

  function set(key: Key, value: Value): void {
    if (recent.size >= most / 2) {
      older = recent
      recent = new Map()
    }
    recent.set(key, value)
  }

  return {
    get(key) {
      const value = recent.get(key)
      if (value !== undefined) return value
      const found = older.get(key)
      if (found !== undefined) set(key, found)
      return found
    },
    set,
    clear() {
      recent = new Map()
      older = new Map()
    },
  }
}
