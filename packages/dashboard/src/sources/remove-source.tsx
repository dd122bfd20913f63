import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { change } from '../api/request.ts'
import type { Source } from '../api/source.ts'
import { Dialog } from '../design/dialog.tsx'
import { Sent } from '../design/sent.tsx'

interface RemoveSourceProps {
  readonly source: Source
  readonly onClose: () => void
  readonly onRemoved: () => void
}

/** Asks before a source is ended, and says what that means. */
export function RemoveSource({ source, onClose, onRemoved }: RemoveSourceProps): JSX.Element {
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const remove = async (): Promise<void> => {
    setBusy(true)
    const answer = await change('DELETE', `sources/${encodeURIComponent(source.id)}`)
    setBusy(false)
    if (answer.ok || answer.problem.kind === 'missing') onRemoved()
    else setProblem(answer.problem)
  }
  return (
    <Dialog title="Remove this source?" onClose={onClose}>
      <p>
        The key of <strong>{<Sent text={source.name} maxChars={80} />}</strong> stops working at once: whoever
        still sends with it is refused. Its events and sessions stay.
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
