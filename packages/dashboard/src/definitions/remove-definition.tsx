import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Definition } from '../api/definition.ts'
import type { Problem } from '../api/problem.ts'
import { change } from '../api/request.ts'
import { Dialog } from '../design/dialog.tsx'

interface RemoveDefinitionProps {
  readonly definition: Definition
  readonly onClose: () => void
  readonly onRemoved: () => void
}

/** Asks before a definition is removed, and says what goes with it. */
export function RemoveDefinition({ definition, onClose, onRemoved }: RemoveDefinitionProps): JSX.Element {
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const remove = async (): Promise<void> => {
    setBusy(true)
    const answer = await change('DELETE', `definitions/${encodeURIComponent(definition.name)}`)
    setBusy(false)
    if (answer.ok || answer.problem.kind === 'missing') onRemoved()
    else setProblem(answer.problem)
  }
  return (
    <Dialog title="Remove this definition?" onClose={onClose}>
      <p>
        The rule <strong>{definition.name}</strong> and the sessions it tells go away, and links to them end.
        The events stay: the same definition made again tells the same sessions.
      </p>
      {problem && (
        <p class="mend" role="alert">
          {problem.message} {problem.advice}
        </p>
      )}
      <footer>
        <button type="button" class="button" onClick={onClose}>
          Keep it
        </button>
        <button type="button" class="button danger" disabled={isBusy} onClick={() => void remove()}>
          Remove
        </button>
      </footer>
    </Dialog>
  )
}
