import type { PreviousSeries } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { longTime } from '../words/time.ts'

/** Why there is no change to tell: the period before is older than the first session. Nothing where it is covered. */
export function UnevenNote({
  previous,
}: {
  readonly previous: PreviousSeries | undefined
}): JSX.Element | null {
  const { from, coveredFrom } = previous ?? {}
  if (from === undefined || coveredFrom === undefined) return null
  return (
    <p class="muted">
      The period before would begin on {longTime(Date.parse(from))}, but the first session is of{' '}
      {longTime(Date.parse(coveredFrom))}: there is no whole period to compare with.
    </p>
  )
}
