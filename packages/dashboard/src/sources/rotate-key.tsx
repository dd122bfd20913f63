import type { JSX } from 'preact'
import { change } from '../api/request.ts'
import type { Source } from '../api/source.ts'
import { ConfirmChange } from '../design/confirm-change.tsx'
import { Sent } from '../design/sent.tsx'

interface RotateKeyProps {
  readonly source: Source
  readonly onClose: () => void
  readonly onRotated: (source: Source) => void
}

/** Asks before a source gets a new write key, and says what ends with the old one. */
export function RotateKey({ source, onClose, onRotated }: RotateKeyProps): JSX.Element {
  return (
    <ConfirmChange
      title="Give this source a new key?"
      yes="New key"
      no="Keep the key"
      ask={() => change<Source>('POST', `sources/${encodeURIComponent(source.id)}/rotate`)}
      onDone={onRotated}
      onClose={onClose}
    >
      <p>
        The key of <strong>{<Sent text={source.name} maxChars={80} />}</strong> stops working at once: pages
        that still have it are refused until their snippet has the new one. Do this when a key is misused.
      </p>
    </ConfirmChange>
  )
}
