import type { SessionObject } from '@sojourn/protocol'
import type { Filter } from './filters.ts'

const MOST_SUGGESTIONS = 50

/** The values of a filter that the given sessions have, most frequent first; at most 50. */
export function suggestionsFor(filter: Filter, sessions: readonly SessionObject[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const session of sessions)
    for (const value of filter.valuesOf?.(session) ?? [])
      if (value !== undefined && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, MOST_SUGGESTIONS)
    .map(([value]) => value)
}
