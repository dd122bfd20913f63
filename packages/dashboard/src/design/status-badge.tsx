import type { JSX } from 'preact'
import type { SessionObject } from '@sojourn/protocol'

const CLASSES = { started: 'accent', active: 'good', ended: '' } as const
const WORDS = { started: 'Started', active: 'Active', ended: 'Ended' } as const
const MEANINGS = {
  started: 'One event so far, and the timeout has not passed',
  active: 'The timeout has not passed since the last event',
  ended: 'Over',
} as const

/** Whether a session goes on, in a colour and a word. */
export function StatusBadge({
  status,
}: {
  readonly status: SessionObject['metadata']['status']
}): JSX.Element {
  return (
    <span class={`badge ${CLASSES[status]}`} title={MEANINGS[status]}>
      <span class="dot" />
      {WORDS[status]}
    </span>
  )
}
