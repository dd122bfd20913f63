import type { JSX } from 'preact'
import type { Problem } from '../api/problem.ts'
import { Sent } from './sent.tsx'

interface ProblemNoteProps {
  readonly problem: Problem
  readonly onRetry?: () => void
}

/** What went wrong, and what to do about it. */
export function ProblemNote({ problem, onRetry }: ProblemNoteProps): JSX.Element {
  if (problem.kind === 'telling')
    return (
      <div class="note" role="status">
        <strong>{problem.message}</strong>
        <p class="muted">{problem.advice}</p>
      </div>
    )
  return (
    <div class="note bad" role="alert">
      <strong>
        <Sent text={problem.message} maxChars={600} />
      </strong>
      <p class="muted">{problem.advice}</p>
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  )
}
