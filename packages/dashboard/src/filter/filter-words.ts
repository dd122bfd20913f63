import { filterValueWords } from './filter-value.ts'
import type { Filter } from './filters.ts'

/** Sources by their ids, which links go by, and their names, which people do. */
export type SourceNames = readonly { readonly id: string; readonly name: string }[]

/** What a filter is set to, with what says more of it, as its chip shows it. */
export function filterWords(
  filter: Filter,
  params: Readonly<Record<string, string>>,
  sources: SourceNames,
): string {
  const value = params[filter.key] ?? ''
  const nameOf = (source: string): string => sources.find(({ id }) => id === source)?.name ?? source
  if (filter.key === 'source') return nameOf(value)
  const { ledFrom, ledTo, pagesUntil } = params
  if (filter.key === 'led' && (ledFrom !== undefined || ledTo !== undefined)) {
    const [from, to] = filterValueWords(filter, value).split(' → ')
    return `${ledFrom === undefined ? from : nameOf(ledFrom)} → ${ledTo === undefined ? to : nameOf(ledTo)}`
  }
  const words = filterValueWords(filter, value)
  return filter.kind === 'pages' && pagesUntil !== undefined
    ? `${words}, up to the goal ${pagesUntil}`
    : words
}
