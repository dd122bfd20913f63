import type { Timeseries } from '@sojourn/protocol'
import './overview.css'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { goTo, replacePlace } from '../address/use-place.ts'
import type { Params } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { FilterBar } from '../filter/filter-bar.tsx'
import { queryOf, sharedParams } from '../filter/query.ts'
import { RangeChoice } from '../filter/range-choice.tsx'
import { rangeParams } from '../filter/range.ts'
import { VIEWER_ZONE } from '../words/time.ts'
import { DurationBars } from './duration-bars.tsx'
import { INTERVALS, intervalOf } from './interval.ts'
import { LifecyclePanel } from './lifecycle-panel.tsx'
import { MeasureTiles } from './measure-tiles.tsx'
import { measureOf } from './measures.ts'
import { OverTime } from './over-time.tsx'
import { PairPanel } from './pair-panel.tsx'
import { PathPanel } from './path-panel.tsx'
import { pathViewOf } from './path-view.ts'
import { RankingPanel } from './ranking-panel.tsx'
import { RANKINGS } from './rankings.ts'
import { UnevenNote } from './uneven-note.tsx'

/** What the sessions of a time amount to; every figure leads to the sessions behind it. */
export function OverviewPage({ params }: { readonly params: Readonly<Record<string, string>> }): JSX.Element {
  const shared = sharedParams(params)
  // What is drawn of the same sessions is no reason to ask for them anew.
  const now = useMemo(() => Date.now(), [JSON.stringify(shared)])
  const query: Params = { ...queryOf(params, now), tz: VIEWER_ZONE }
  const fromMs = query['from'] === undefined ? undefined : Date.parse(String(query['from']))
  const toMs = query['to'] === undefined ? now : Date.parse(String(query['to']))
  const interval = intervalOf(params['interval'], fromMs, toMs)
  const measure = measureOf(params['measure'])
  const compare = fromMs === undefined ? undefined : 'previous'
  const { value, problem, reload, isLoading } = useAnswer<Timeseries>('metrics/timeseries', {
    ...query,
    interval,
    compare,
  })
  const change = (changed: Readonly<Record<string, string | undefined>>): void =>
    goTo(['overview'], { ...params, ...changed })

  return (
    <div class="page" aria-busy={isLoading}>
      <header>
        <h1>Overview</h1>
        <RangeChoice params={params} onChange={change} />
      </header>
      <FilterBar params={params} onChange={change} span={rangeParams(params, now)} />
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!value && !problem && <Waiting lines={8} />}
      {value && (
        <>
          <MeasureTiles
            total={value.total}
            previous={value.previous}
            chosen={measure}
            shared={shared}
            onChoose={({ key }) =>
              replacePlace(['overview'], { ...params, measure: key === 'sessions' ? undefined : key })
            }
          />
          <UnevenNote previous={value.previous} />
          <section class="panel" aria-label={`${measure.words} over time`}>
            <header>
              <h2>{measure.words} over time</h2>
              <div class="segmented" role="group" aria-label="Interval">
                {INTERVALS.map((choice) => (
                  <button
                    key={choice}
                    type="button"
                    aria-pressed={choice === interval}
                    onClick={() => replacePlace(['overview'], { ...params, interval: choice })}
                  >
                    {choice}
                  </button>
                ))}
              </div>
            </header>
            <OverTime series={value} interval={interval} measure={measure} shared={shared} />
          </section>
          <div class="overview-grid">
            <DurationBars query={query} shared={shared} />
            {RANKINGS.map((kind) => (
              <RankingPanel key={kind.metric} kind={kind} query={query} shared={shared} />
            ))}
            <PairPanel query={query} shared={shared} />
            <LifecyclePanel query={query} interval={interval} shared={shared} />
            <PathPanel
              query={query}
              shared={shared}
              view={pathViewOf(params)}
              onView={({ end, goal }) =>
                replacePlace(['overview'], {
                  ...params,
                  ways: end === 'entry' ? undefined : end,
                  towards: goal,
                })
              }
            />
          </div>
        </>
      )}
    </div>
  )
}
