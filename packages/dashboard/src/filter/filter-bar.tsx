import './filter.css'
import type { ComponentChildren, JSX } from 'preact'
import type { Params } from '../api/request.ts'
import type { SessionObject } from '@sojourn/protocol'
import type { SourcesAnswer } from '../api/source.ts'
import { useAnswer } from '../api/use-answer.ts'
import { DefinitionChoice } from './definition-choice.tsx'
import { FilterChips } from './filter-chips.tsx'
import { FilterMenu } from './filter-menu.tsx'
import { filterChange, filterParams } from './filter-params.ts'
import { DatesMenu } from './range-choice.tsx'

interface FilterBarProps {
  readonly params: Readonly<Record<string, string>>
  /** What the address shall say. */
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void
  /** The span of time that suggestions are drawn from; undefined where the collector has no metrics. */
  readonly span: Params | undefined
  /** Sessions on the page, which suggest values, too. */
  readonly sessions?: () => readonly SessionObject[]
  /** What stands at the end. */
  readonly children?: ComponentChildren
}

/** Which sessions a page is about: filters, dates, and what is set. */
export function FilterBar({ params, onChange, span, sessions, children }: FilterBarProps): JSX.Element {
  const sources = useAnswer<SourcesAnswer>('sources')
  return (
    <div class="filter-bar">
      <FilterMenu
        span={span}
        sessions={sessions ?? noSessions}
        sourceNames={sources.value?.sources.map((source) => source.name) ?? []}
        onAdd={(filter, value) => onChange(filterChange(filter, value))}
      />
      <DefinitionChoice chosen={params['definition']} onChoose={(definition) => onChange({ definition })} />
      <DatesMenu params={params} onChange={onChange} />
      <FilterChips
        params={params}
        sources={sources.value?.sources ?? []}
        onRemove={(filter) => onChange(filterChange(filter, undefined))}
        onClear={() => onChange(noFilters(params))}
      />
      {children && <div class="end">{children}</div>}
    </div>
  )
}

/** A change of the address that takes all filters off. */
export function noFilters(params: Readonly<Record<string, string>>): Readonly<Record<string, undefined>> {
  return Object.fromEntries(Object.keys(filterParams(params)).map((name) => [name, undefined]))
}

function noSessions(): readonly SessionObject[] {
  return []
}
