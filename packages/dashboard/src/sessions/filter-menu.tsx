import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Session } from '../api/session.ts'
import { Popover } from '../design/popover.tsx'
import { FilterForm } from './filter-form.tsx'
import type { Filter } from './filters.ts'
import { FILTERS, FILTER_GROUPS, suggestionsFor } from './filters.ts'

interface FilterMenuProps {
  /** Sessions that suggestions are drawn from. */
  readonly sessions: () => readonly Session[]
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

function FilterChoice({
  sessions,
  sourceNames,
  onAdd,
  close,
}: FilterMenuProps & { readonly close: () => void }): JSX.Element {
  const [filter, setFilter] = useState<Filter>()
  if (filter) {
    const found = suggestionsFor(filter, sessions())
    return (
      <FilterForm
        filter={filter}
        suggestions={filter.key === 'source' ? [...new Set([...sourceNames, ...found])] : found}
        onBack={() => setFilter(undefined)}
        onApply={(value) => {
          close()
          onAdd(filter, value)
        }}
      />
    )
  }
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
