import './sessions.css'
import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { goTo, replacePlace } from '../address/use-place.ts'
import type { Feature } from '../api/features.ts'
import type { RankingAnswer } from '../api/metrics.ts'
import { apiUrl } from '../api/request.ts'
import type { Params } from '../api/request.ts'
import type { SessionObject } from '@sojourn/protocol'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { useNow } from '../words/use-now.ts'
import { sessionCount, wholeNumber } from '../words/number.ts'
import { chosenColumns } from './columns.tsx'
import { ColumnsMenu } from './columns-menu.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FilterBar, noFilters } from '../filter/filter-bar.tsx'
import { activeFilters } from '../filter/filter-params.ts'
import { NoSessions } from './no-sessions.tsx'
import { RangeChoice } from '../filter/range-choice.tsx'
import { queryOf } from '../filter/query.ts'
import { rangeParams } from '../filter/range.ts'
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
  const filters = useMemo(() => queryOf(params, Date.now()), [address, round])
  const order = parseSort(params['sort'])
  const query = { ...filters, sort: `${order.isDescending ? '-' : ''}${order.key}` }
  const rows = useSessionRows(query, round)
  const columns = useMemo(() => chosenColumns(params['columns']), [params['columns']])
  const isLatestFirst = order.key === 'start' && order.isDescending && params['to'] === undefined
  const fresh = useFreshCount(query, isLatestFirst ? newestStart(rows, filters['from']) : undefined)

  // Any ranking answers the total of what the filters find; it is one row long here.
  const totalOf = useAnswer<RankingAnswer>(features.has('metrics') ? 'metrics/devices' : undefined, {
    ...filters,
    limit: 1,
  })
  // While another is asked for, or where that is refused, what is there is that of the sessions before.
  const isOfOthers = totalOf.isLoading || totalOf.problem?.kind === 'refused'
  const total = isOfOthers ? undefined : totalOf.value?.total.sessions
  useEffect(() => rows.expect(total ?? 0), [rows, total])

  const change = (changed: Readonly<Record<string, string | undefined>>): void =>
    goTo(['sessions'], { ...params, ...changed })
  const clear = (): void => change(noFilters(params))
  const problem = rows.problem()
  // Until they are told there is nothing to show, and nothing is wrong.
  const isTelling = problem?.kind === 'telling'
  const isEmpty = rows.isComplete() && rows.count() === 0
  const isRefused = problem?.kind === 'refused' && rows.count() === 0
  const isFirst = rows.count() === 0 && !isEmpty && !problem

  return (
    <div class="page sessions-page">
      <header>
        <h1>Sessions</h1>
        <RangeChoice params={params} onChange={change} />
      </header>
      <FilterBar
        params={params}
        onChange={change}
        span={features.has('metrics') ? rangeParams(params, now) : undefined}
        sessions={rows.held}
      >
        <ViewsMenu params={params} />
        <ColumnsMenu
          chosen={columns}
          onChange={(columns) => replacePlace(['sessions'], { ...params, columns })}
        />
        {features.has('exports') && <ExportMenu query={query} />}
      </FilterBar>
      <section
        class="panel table-panel"
        aria-label="Sessions"
        aria-busy={isFirst || rows.isLoading() || isTelling}
      >
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
        ) : isRefused ? null : (
          <SessionTable
            rows={rows}
            columns={columns}
            order={order}
            onSort={(key) => change({ sort: nextSort(order, key) })}
            context={{ now, definition: params['definition'] }}
          />
        )}
        <footer class="table-foot" key={apiUrl('sessions', query)}>
          {(!problem || rows.count() > 0) && (
            <span>{countWords(rows.count(), rows.isComplete() || total !== undefined)}</span>
          )}
        </footer>
      </section>
    </div>
  )
}

/** From when on sessions are new to the viewer: after the first in the list, or all of the span where there is none. */
function newestStart(rows: RowStore<SessionObject>, from: Params[string]): number | undefined {
  const first = rows.rowAt(0)
  if (first) return Date.parse(first.metadata.time.insert) + 1
  return rows.isComplete() ? Date.parse(String(from ?? 0)) || 0 : undefined
}

function countWords(count: number, isKnown: boolean): string {
  if (isKnown) return sessionCount(count)
  return count === 0 ? 'Loading …' : `${wholeNumber(count)} loaded; scroll for more`
}
