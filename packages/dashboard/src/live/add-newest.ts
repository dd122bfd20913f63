import type { StoredEvent } from '../api/event.ts'

/** Most events the live view holds. */
export const MAX_LIVE_EVENTS = 200

/** The events of both lists, each once, newest first by (time, id); at most 200. The same list where nothing is new. */
export function addNewest(
  before: readonly StoredEvent[],
  found: readonly StoredEvent[],
): readonly StoredEvent[] {
  const known = new Set(before.map((event) => event.id))
  const fresh = found.filter((event) => !known.has(event.id))
  if (fresh.length === 0) return before
  return [...fresh, ...before].sort(newestFirst).slice(0, MAX_LIVE_EVENTS)
}

function newestFirst(a: StoredEvent, b: StoredEvent): number {
  return b.correctedTime - a.correctedTime || (a.id < b.id ? 1 : -1)
}
