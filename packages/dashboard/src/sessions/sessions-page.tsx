import './sessions.css'
import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { goTo, replacePlace } from '../address/use-place.ts'
import type { Feature } from '../api/features.ts'
import { apiUrl } from '../api/request.ts'
import type { Params } from '../api/request.ts'
import type { Session } from '../api/session.ts'
import type { SourcesAnswer } from '../api/source.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { useNow } from '../words/use-now.ts'
import { wholeNumber } from '../words/number.ts'
import { chosenColumns } from './columns.tsx'
import { ColumnsMenu } from './columns-menu.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FilterChips } from './filter-chips.tsx'
import { FilterMenu } from './filter-menu.tsx'
import { activeFilters } from './filters.ts'
import { NoSessions } from './no-sessions.tsx'
import { DatesMenu, RangeChoice } from './range-choice.tsx'
import { rangeParams } from './range.ts'
import type { RowStore } from './row-store.ts'
import { SessionTable } from './session-table.tsx'
import { nextSort, parseSort } from './sort.ts'
import { MAX_FRESH, useFreshCount } from './use-fresh-count.ts'
import { useSessionRows } from './use-session-rows.ts'
import { ViewsMenu } from './views-menu.tsx'

interface SessionsPageProps {
  readonly params: Readonly<Record<string, string>>
  readonly features: ReadonlySet<Feature>
}

/** The sessions that the address asks for, with everything to ask for others. */
export function SessionsPage({ params, features }: SessionsPageProps): JSX.Element {
  const now = useNow()
  const [round, setRound] = useState(0)
  const address = JSON.stringify(params)
  const filters = useMemo(() => filterParams(params), [address, round])
  const order = parseSort(params['sort'])
  const query = { ...filters, sort: `${order.isDescending ? '-' : ''}${order.key}` }
  const rows = useSessionRows(query, round)
  const sources = useAnswer<SourcesAnswer>('sources')
  const columns = chosenColumns(params['columns'])
  const isLatestFirst = order.key === 'start' && order.isDescending && params['to'] === undefined
  const fresh = useFreshCount(query, isLatestFirst ? newestStart(rows, filters['from']) : undefined)

  const change = (changed: Readonly<Record<string, string | undefined>>): void =>
    goTo(['sessions'], { ...params, ...changed })
  const clear = (): void =>
    change(Object.fromEntries(activeFilters(params).map(({ filter }) => [filter.key, undefined])))
  const problem = rows.problem()
  const isEmpty = rows.isComplete() && rows.count() === 0

  return (
    <div class="page sessions-page">
      <header>
        <h1>Sessions</h1>
        <RangeChoice params={params} onChange={change} />
      </header>
      <div class="filter-bar">
        <FilterMenu
          sessions={rows.held}
          sourceNames={sources.value?.sources.map((source) => source.name) ?? []}
          onAdd={(filter, value) => change({ [filter.key]: value })}
        />
        <DatesMenu params={params} onChange={change} />
        <FilterChips params={params} onRemove={(key) => change({ [key]: undefined })} onClear={clear} />
        <div class="end">
          <ViewsMenu params={params} />
          <ColumnsMenu
            chosen={columns}
            onChange={(columns) => replacePlace(['sessions'], { ...params, columns })}
          />
          {features.has('exports') && <ExportMenu query={query} />}
        </div>
      </div>
      <section class="panel table-panel" aria-label="Sessions" aria-busy={rows.isLoading()}>
        <div aria-live="polite">
          {fresh > 0 && (
            <button type="button" class="fresh" onClick={() => setRound(round + 1)}>
              {fresh >= MAX_FRESH ? `${MAX_FRESH}+` : wholeNumber(fresh)} new{' '}
              {fresh === 1 ? 'session' : 'sessions'}: show
            </button>
          )}
        </div>
        {problem && <ProblemNote problem={problem} onRetry={rows.retry} />}
        {isEmpty ? (
          <NoSessions isFiltered={activeFilters(params).length > 0} onClear={clear} />
        ) : (
          <SessionTable
            rows={rows}
            columns={columns}
            order={order}
            onSort={(key) => change({ sort: nextSort(order, key) })}
            context={{ now, definition: params['definition'] }}
          />
        )}
        <footer class="table-foot" key={apiUrl('sessions', query)}>
          <span>{countWords(rows.count(), rows.isComplete())}</span>
        </footer>
      </section>
    </div>
  )
}

/** The filters and the span of time, as the API takes them. */
function filterParams(params: Readonly<Record<string, string>>): Params {
  const set = Object.fromEntries(activeFilters(params).map(({ filter, value }) => [filter.key, value]))
  return { ...rangeParams(params, Date.now()), definition: params['definition'], ...set }
}

/** From when on sessions are new to the viewer: after the first in the list, or all of the span where there is none. */
function newestStart(rows: RowStore<Session>, from: Params[string]): number | undefined {
  const first = rows.rowAt(0)
  if (first) return Date.parse(first.metadata.time.insert) + 1
  return rows.isComplete() ? Date.parse(String(from ?? 0)) || 0 : undefined
}

function countWords(count: number, isComplete: boolean): string {
  if (isComplete) return `${wholeNumber(count)} ${count === 1 ? 'session' : 'sessions'}`
  return count === 0 ? 'Loading …' : `${wholeNumber(count)} loaded; scroll for more`
}
