import type { ComponentChildren, JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import type { Answer } from '../api/request.ts'
import { Dialog } from './dialog.tsx'

interface ConfirmChangeProps<Value> {
  /** The question. */
  readonly title: string
  /** What would be changed, and what goes with it. */
  readonly children: ComponentChildren
  /** The words for yes, while it is being done, and for no. */
  readonly yes: string
  readonly busy?: string
  readonly no: string
  /** Does it. */
  readonly ask: () => Promise<Answer<Value>>
  readonly onDone: (value: Value) => void
  readonly onClose: () => void
}

/** Asks before something is changed that cannot be taken back, and says what went wrong. */
export function ConfirmChange<Value>(props: ConfirmChangeProps<Value>): JSX.Element {
  const { title, children, yes, busy = yes, no, ask, onDone, onClose } = props
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const confirm = async (): Promise<void> => {
    setBusy(true)
    const answer = await ask()
    setBusy(false)
    if (answer.ok) onDone(answer.value)
    else setProblem(answer.problem)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {problem && (
        <p class="mend" role="alert">
          {problem.message} {problem.advice}
        </p>
      )}
      <footer>
        <button type="button" class="button" onClick={onClose}>
          {no}
        </button>
        <button type="button" class="button danger" disabled={isBusy} onClick={() => void confirm()}>
          {isBusy ? busy : yes}
        </button>
      </footer>
    </Dialog>
  )
}
