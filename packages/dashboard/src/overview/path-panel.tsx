import type { JSX } from 'preact'
import type { PathsAnswer, RankingAnswer } from '../api/metrics.ts'
import type { Params } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { PathPicture } from './path-picture.tsx'
import { pathQuery } from './path-view.ts'
import type { PathView } from './path-view.ts'

const STEPS = 4
const MOST_PATHS = 500
const MOST_GOALS = 20

interface PathPanelProps {
  readonly query: Params
  readonly shared: Readonly<Record<string, string>>
  readonly view: PathView
  readonly onView: (view: PathView) => void
}

/** Which ways visits take through the pages: from their entry or to their end, all or those that reach a goal. */
export function PathPanel({ query, shared, view, onView }: PathPanelProps): JSX.Element {
  const { value, problem, reload, isLoading } = useAnswer<PathsAnswer>('metrics/paths', {
    ...query,
    ...pathQuery(view),
    steps: STEPS,
    limit: MOST_PATHS,
  })
  return (
    <section class="panel wide-panel" aria-label="Ways through the pages" aria-busy={isLoading}>
      <header>
        <h2>Ways through the pages</h2>
        <div class="row">
          <EndChoice view={view} onView={onView} />
          <GoalChoice query={query} view={view} onView={onView} />
        </div>
      </header>
      <div class="body">
        {problem && <ProblemNote problem={problem} onRetry={reload} />}
        {!value && !problem && <Waiting />}
        {value && value.rows.length === 0 && (
          <p class="muted">
            {view.goal === undefined
              ? 'No page was seen in this time.'
              : 'No visit reached this goal in this time.'}
          </p>
        )}
        {value && value.rows.length > 0 && (
          <PathPicture answer={value} view={view} steps={STEPS} shared={shared} />
        )}
      </div>
    </section>
  )
}

interface ChoiceProps {
  readonly view: PathView
  readonly onView: (view: PathView) => void
}

function EndChoice({ view, onView }: ChoiceProps): JSX.Element {
  const ends = [
    { end: 'entry', words: 'From the entry' },
    { end: 'exit', words: view.goal === undefined ? 'To the exit' : 'To the goal' },
  ] as const
  return (
    <div class="segmented" role="group" aria-label="Which pages of a visit">
      {ends.map(({ end, words }) => (
        <button
          key={end}
          type="button"
          aria-pressed={end === view.end}
          onClick={() => onView({ ...view, end })}
        >
          {words}
        </button>
      ))}
    </div>
  )
}

function GoalChoice({ query, view, onView }: ChoiceProps & { readonly query: Params }): JSX.Element | null {
  const goals = useAnswer<RankingAnswer>('metrics/goals', { ...query, limit: MOST_GOALS })
  const reached = (goals.value?.rows ?? []).flatMap(({ goal }) => (typeof goal === 'string' ? [goal] : []))
  const names = [...new Set([...reached, ...(view.goal === undefined ? [] : [view.goal])])]
  if (names.length === 0) return null
  return (
    <label class="row">
      <span class="muted">Towards</span>
      <select
        class="input fitting"
        value={view.goal ?? ''}
        onChange={(event) => onView({ ...view, goal: event.currentTarget.value || undefined })}
      >
        <option value="">anywhere</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
