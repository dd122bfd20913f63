import '../definitions/definitions.css'
import './what-if.css'
import type { JSX } from 'preact'
import { goTo } from '../address/use-place.ts'
import type { Suggestion, WhatIfAnswer } from '../api/definition.ts'
import type { SourcesAnswer } from '../api/source.ts'
import { useAnswer } from '../api/use-answer.ts'
import { DefinitionsNav } from '../definitions/definitions-nav.tsx'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { RangeChoice } from '../filter/range-choice.tsx'
import { rangeParams } from '../filter/range.ts'
import { TimeoutExplorer } from './timeout-explorer.tsx'

interface WhatIfPageProps {
  readonly params: Readonly<Record<string, string>>
}

const SCOPES = [
  { key: 'visitor', words: 'By visitor' },
  { key: 'profile', words: 'By person' },
] as const

/** What every timeout would make of the events, told from the pauses between them. */
export function WhatIfPage({ params }: WhatIfPageProps): JSX.Element {
  const scope = params['scope'] === 'profile' ? 'profile' : 'visitor'
  const { source } = params
  const time = { range: 'all', ...params }
  const query = { scope, source, ...wholeDays(time) }
  const answer = useAnswer<WhatIfAnswer>('definitions/what-if', query)
  const suggestion = useAnswer<Suggestion>('definitions/suggest', query)
  const sources = useAnswer<SourcesAnswer>('sources')
  const change = (changed: Readonly<Record<string, string | undefined>>): void =>
    goTo(['definitions', 'what-if'], { ...params, ...changed })
  const { value, problem, reload } = answer
  return (
    <div class="page">
      <header>
        <h1>What if</h1>
        <DefinitionsNav shown="what-if" />
      </header>
      <div class="row what-if-choice">
        <div class="segmented" role="group" aria-label="Whose pauses">
          {SCOPES.map(({ key, words }) => (
            <button
              key={key}
              type="button"
              aria-pressed={key === scope}
              onClick={() => change({ scope: key === 'visitor' ? undefined : key })}
            >
              {words}
            </button>
          ))}
        </div>
        <select
          class="input fitting"
          aria-label="Source"
          value={source ?? ''}
          onChange={(event) => change({ source: event.currentTarget.value || undefined })}
        >
          <option value="">All sources</option>
          {sources.value?.sources.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <RangeChoice
          params={time}
          onChange={({ range = '30d' }) => change({ range: range === 'all' ? undefined : range })}
        />
      </div>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!value && !problem && <Waiting lines={8} />}
      {value && (
        <TimeoutExplorer
          timeouts={value.timeouts}
          suggestion={suggestion.value}
          isLoading={answer.isLoading}
        />
      )}
    </div>
  )
}

/** Pauses are summed by days in UTC. */
function wholeDays(params: Readonly<Record<string, string>>): { readonly from?: string } {
  const { from } = rangeParams(params, Date.now())
  return typeof from === 'string' ? { from: from.slice(0, 10) } : {}
}
