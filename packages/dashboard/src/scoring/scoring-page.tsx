import './scoring.css'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Goal, GoalsAnswer, ScoringAnswer, ScoringRule, ScoringStatus } from '../api/scoring.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCanChange } from '../login/can-change.ts'
import { ReadOnlyNote } from '../login/read-only-note.tsx'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { percent } from '../words/number.ts'
import { RuleListForm } from './rule-list-form.tsx'

/** While sessions are scored again, how far that is is asked this often, in ms. */
const FOLLOW_MS = 1_500

/** What events are worth, and what visitors should do. */
export function ScoringPage(): JSX.Element {
  const canChange = useCanChange()
  const [isScoring, setScoring] = useState(false)
  const scoring = useAnswer<ScoringAnswer>('scoring', {}, isScoring ? FOLLOW_MS : undefined)
  const goals = useAnswer<GoalsAnswer>('goals')
  const goesOn = scoring.value?.status === 'scoring'
  if (goesOn !== isScoring) setScoring(goesOn)
  const saved = (): void => {
    goals.reload()
    scoring.reload()
  }
  return (
    <div class="page page-wide-form">
      <header>
        <h1>Points and goals</h1>
        {scoring.value && <Status status={scoring.value} />}
      </header>
      <p class="muted">
        Both are found in all sessions, under every definition, also in those of before: a changed rule scores
        them again in the background.
      </p>
      {!canChange && <ReadOnlyNote />}
      {scoring.problem && !scoring.value && (
        <ProblemNote problem={scoring.problem} onRetry={scoring.reload} />
      )}
      {!scoring.value && !scoring.problem && <Waiting lines={6} />}
      {goals.value && (
        <RuleListForm<Goal>
          key={`goals ${JSON.stringify(goals.value.goals)}`}
          kind="goals"
          title="Goals"
          explanation="A session that holds a matching event has reached the goal, and is converted."
          headWords="Goal"
          stored={goals.value.goals}
          onSaved={saved}
        />
      )}
      {scoring.value && (
        <RuleListForm<ScoringRule>
          key={`rules ${JSON.stringify(scoring.value.rules)}`}
          kind="rules"
          title="Points"
          explanation="Each matching event is worth so many points; a session has the sum over its events."
          headWords="Points"
          stored={scoring.value.rules}
          onSaved={saved}
        />
      )}
    </div>
  )
}

function Status({ status: { status, progress } }: { readonly status: ScoringStatus }): JSX.Element {
  if (status === 'ready')
    return (
      <span class="badge good">
        <span class="dot" /> All sessions are scored
      </span>
    )
  return (
    <span class="row" role="status">
      <progress value={progress} max={1} aria-label="How far sessions are scored again" />
      <span class="muted">{percent(Math.floor(progress * 100) / 100)} scored again</span>
    </span>
  )
}
