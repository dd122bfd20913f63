import type { RankingAnswer } from '../api/metrics.ts'
import type { Params } from '../api/request.ts'
import type { SessionObject } from '@sojourn/protocol'
import { useAnswer } from '../api/use-answer.ts'
import type { Filter } from './filters.ts'
import { suggestionsFor } from './suggestions.ts'

const MOST = 100

/** What the data hold for a filter, most frequent first: from the metrics of the span of time, where there are any, and the sessions on the page. */
export function useSuggestions(
  filter: Filter,
  span: Params | undefined,
  sessions: readonly SessionObject[],
): readonly string[] {
  const path = span === undefined || !filter.ranking ? undefined : `metrics/${filter.ranking}`
  const { value } = useAnswer<RankingAnswer>(path, { ...span, limit: MOST })
  const ranked = (value?.rows ?? []).flatMap((row) => {
    const found = filter.key === 'source' ? (row['sourceName'] ?? row['source']) : row[filter.key]
    return typeof found === 'string' ? [found] : []
  })
  return [...new Set([...ranked, ...suggestionsFor(filter, sessions)])].slice(0, MOST)
}
