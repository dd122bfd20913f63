import type { JSX } from 'preact'
import { remove } from '../api/request.ts'
import type { Source } from '../api/source.ts'
import { ConfirmChange } from '../design/confirm-change.tsx'
import { Sent } from '../design/sent.tsx'

interface RemoveSourceProps {
  readonly source: Source
  readonly onClose: () => void
  readonly onRemoved: () => void
}

/** Asks before a source is ended, and says what that means. */
export function RemoveSource({ source, onClose, onRemoved }: RemoveSourceProps): JSX.Element {
  return (
    <ConfirmChange
      title="Remove this source?"
      yes="Remove"
      no="Keep it"
      ask={() => remove(`sources/${encodeURIComponent(source.id)}`)}
      onDone={onRemoved}
      onClose={onClose}
    >
      <p>
        The key of <strong>{<Sent text={source.name} maxChars={80} />}</strong> stops working at once: whoever
        still sends with it is refused. Its events and sessions stay.
      </p>
    </ConfirmChange>
  )
}
