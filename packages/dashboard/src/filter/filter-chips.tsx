import type { JSX } from 'preact'
import { Icon } from '../design/icon.tsx'
import { Sent } from '../design/sent.tsx'
import { filterValueWords } from './filter-value.ts'
import { activeFilters } from './filters.ts'

interface FilterChipsProps {
  readonly params: Readonly<Record<string, string>>
  readonly onRemove: (key: string) => void
  readonly onClear: () => void
}

/** The filters that are set; each can be taken off. */
export function FilterChips({ params, onRemove, onClear }: FilterChipsProps): JSX.Element | null {
  const active = activeFilters(params)
  if (active.length === 0) return null
  return (
    <>
      {active.map(({ filter, value }) => (
        <span key={filter.key} class="chip">
          <span class="cut">
            <span class="muted">{filter.words}</span>{' '}
            <Sent text={filterValueWords(filter, value)} maxChars={60} />
          </span>
          <button
            type="button"
            aria-label={`Remove the filter ${filter.words}`}
            onClick={() => onRemove(filter.key)}
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
