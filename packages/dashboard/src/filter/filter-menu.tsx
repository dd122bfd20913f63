import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Params } from '../api/request.ts'
import type { SessionObject } from '@sojourn/protocol'
import { Popover } from '../design/popover.tsx'
import { FilterForm } from './filter-form.tsx'
import type { Filter } from './filters.ts'
import { FILTERS, FILTER_GROUPS } from './filters.ts'
import { useSuggestions } from './use-suggestions.ts'

interface FilterMenuProps {
  /** The span of time that suggestions are drawn from; undefined where the collector has no metrics. */
  readonly span: Params | undefined
  /** Sessions that suggest values, too. */
  readonly sessions: () => readonly SessionObject[]
  /** Names to suggest for a source. */
  readonly sourceNames: readonly string[]
  readonly onAdd: (filter: Filter, value: string) => void
}

/** Adds a filter: first which, then its value. */
export function FilterMenu(props: FilterMenuProps): JSX.Element {
  return (
    <Popover words="Filter" icon="filter">
      {(close) => <FilterChoice {...props} close={close} />}
    </Popover>
  )
}

function FilterChoice(props: FilterMenuProps & { readonly close: () => void }): JSX.Element {
  const [filter, setFilter] = useState<Filter>()
  if (filter) return <FilterValue {...props} filter={filter} onBack={() => setFilter(undefined)} />
  return (
    <div class="filter-menu">
      {FILTER_GROUPS.map((group) => (
        <section key={group} class="menu-group">
          <h3>{group}</h3>
          {FILTERS.filter((entry) => entry.group === group).map((entry) => (
            <button key={entry.key} type="button" class="menu-item" onClick={() => setFilter(entry)}>
              {entry.words}
            </button>
          ))}
        </section>
      ))}
    </div>
  )
}

interface FilterValueProps extends FilterMenuProps {
  readonly filter: Filter
  readonly close: () => void
  readonly onBack: () => void
}

function FilterValue({
  filter,
  span,
  sessions,
  sourceNames,
  onAdd,
  close,
  onBack,
}: FilterValueProps): JSX.Element {
  const found = useSuggestions(filter, span, sessions())
  return (
    <FilterForm
      filter={filter}
      suggestions={filter.key === 'source' ? [...new Set([...sourceNames, ...found])] : found}
      onBack={onBack}
      onApply={(value) => {
        close()
        onAdd(filter, value)
      }}
    />
  )
}
