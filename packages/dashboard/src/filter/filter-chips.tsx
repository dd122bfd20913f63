import type { JSX } from 'preact'
import { Icon } from '../design/icon.tsx'
import { Sent } from '../design/sent.tsx'
import type { SourceNames } from './filter-words.ts'
import { filterWords } from './filter-words.ts'
import type { Filter } from './filters.ts'
import { activeFilters } from './filter-params.ts'

interface FilterChipsProps {
  readonly params: Readonly<Record<string, string>>
  /** A source is told by its name. */
  readonly sources: SourceNames
  readonly onRemove: (filter: Filter) => void
  readonly onClear: () => void
}

/** The filters that are set; each can be taken off. */
export function FilterChips({ params, sources, onRemove, onClear }: FilterChipsProps): JSX.Element | null {
  const active = activeFilters(params)
  if (active.length === 0) return null
  return (
    <>
      {active.map(({ filter }) => (
        <span key={filter.key} class="chip">
          <span class="cut">
            <span class="muted">{filter.words}</span>{' '}
            <Sent text={filterWords(filter, params, sources)} maxChars={60} />
          </span>
          <button
            type="button"
            aria-label={`Remove the filter ${filter.words}`}
            onClick={() => onRemove(filter)}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      {active.length > 1 && (
        <button type="button" class="button bare small" onClick={onClear}>
          Clear all
        </button>
      )}
    </>
  )
}
