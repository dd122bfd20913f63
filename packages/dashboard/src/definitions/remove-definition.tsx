import type { JSX } from 'preact'
import type { Definition } from '../api/definition.ts'
import { remove } from '../api/request.ts'
import { ConfirmChange } from '../design/confirm-change.tsx'

interface RemoveDefinitionProps {
  readonly definition: Definition
  readonly onClose: () => void
  readonly onRemoved: () => void
}

/** Asks before a definition is removed, and says what goes with it. */
export function RemoveDefinition({ definition, onClose, onRemoved }: RemoveDefinitionProps): JSX.Element {
  return (
    <ConfirmChange
      title="Remove this definition?"
      yes="Remove"
      no="Keep it"
      ask={() => remove(`definitions/${encodeURIComponent(definition.name)}`)}
      onDone={onRemoved}
      onClose={onClose}
    >
      <p>
        The rule <strong>{definition.name}</strong> and the sessions it tells go away, and links to them end.
        The events stay: the same definition made again tells the same sessions.
      </p>
    </ConfirmChange>
  )
}
