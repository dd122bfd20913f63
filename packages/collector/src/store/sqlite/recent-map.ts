/** A map of bounded size. */
export interface RecentMap<Key, Value> {
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
  clear(): void
}

/** A map that keeps the `most` entries that were used last. */
export function createRecentMap<Key, Value>(most: number): RecentMap<Key, Value> {
  // A Map keeps the order of insertion, so taking an entry out and putting it back makes it the latest.
  const entries = new Map<Key, Value>()
  return {
    get(key) {
      const value = entries.get(key)
      if (value === undefined) return undefined
      entries.delete(key)
      entries.set(key, value)
      return value
    },
    set(key, value) {
      entries.delete(key)
      if (entries.size >= most) entries.delete(entries.keys().next().value!)
      entries.set(key, value)
    },
    clear: () => entries.clear(),
  }
}
