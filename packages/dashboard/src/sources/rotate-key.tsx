import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { change } from '../api/request.ts'
import type { Source } from '../api/source.ts'
import { Dialog } from '../design/dialog.tsx'
import { Sent } from '../design/sent.tsx'

interface RotateKeyProps {
  readonly source: Source
  readonly onClose: () => void
  readonly onRotated: (source: Source) => void
}

/** Asks before a source gets a new write key, and says what ends with the old one. */
export function RotateKey({ source, onClose, onRotated }: RotateKeyProps): JSX.Element {
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const rotate = async (): Promise<void> => {
    setBusy(true)
    const answer = await change<Source>('POST', `sources/${encodeURIComponent(source.id)}/rotate`)
    setBusy(false)
    if (answer.ok) onRotated(answer.value)
    else setProblem(answer.problem)
  }
  return (
    <Dialog title="Give this source a new key?" onClose={onClose}>
      <p>
        The key of <strong>{<Sent text={source.name} maxChars={80} />}</strong> stops working at once: pages
        that still have it are refused until their snippet has the new one. Do this when a key is misused.
      </p>
      {problem && (
        <p class="mend" role="alert">
          {problem.message} {problem.advice}
        </p>
      )}
      <footer>
        <button type="button" class="button" onClick={onClose}>
          Keep the key
        </button>
        <button type="button" class="button danger" disabled={isBusy} onClick={() => void rotate()}>
          New key
        </button>
      </footer>
    </Dialog>
  )
}
