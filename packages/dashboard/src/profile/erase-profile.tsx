import type { Erased, ProfileObject } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { goTo } from '../address/use-place.ts'
import { profileWords } from '../api/profile.ts'
import { change } from '../api/request.ts'
import { ConfirmChange } from '../design/confirm-change.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Sent } from '../design/sent.tsx'
import { wholeNumber } from '../words/number.ts'

interface EraseProfileProps {
  readonly profile: ProfileObject
  readonly onClose: () => void
}

/** Asks before a person is erased, says what will go, and then what has gone. */
export function EraseProfile({ profile, onClose }: EraseProfileProps): JSX.Element {
  const [erased, setErased] = useState<Erased>()
  if (erased)
    return (
      <Dialog title="Erased" onClose={() => goTo(['profiles'])}>
        <p role="status">
          {counted(erased.events, 'event')}, {counted(erased.sessions, 'session')} and{' '}
          {counted(erased.visitors, 'browser')} are gone.
        </p>
        <footer>
          <button type="button" class="button first" onClick={() => goTo(['profiles'])}>
            Back to the profiles
          </button>
        </footer>
      </Dialog>
    )
  return (
    <ConfirmChange
      title="Erase this person?"
      yes="Erase for good"
      busy="Erasing …"
      no="Keep"
      ask={() => change<Erased>('DELETE', `profiles/${encodeURIComponent(profile.id)}`)}
      onDone={setErased}
      onClose={onClose}
    >
      <p>
        All that is stored of <strong>{<Sent text={profileWords(profile)} maxChars={60} />}</strong> goes for
        good:
      </p>
      <ul class="erase-list">
        <li>every event, {wholeNumber(profile.events)} and the passive ones beside them;</li>
        <li>
          every session, under all definitions: {wholeNumber(profile.sessions)} as told across devices and
          sites;
        </li>
        <li>
          who used {counted(profile.visitors.length, 'browser')}, and {counted(traitsOf(profile), 'trait')}.
        </li>
      </ul>
      <p>Nothing brings it back but a backup. Overviews of the past count it no more.</p>
    </ConfirmChange>
  )
}

function counted(count: number, word: string): string {
  return `${wholeNumber(count)} ${word}${count === 1 ? '' : 's'}`
}

function traitsOf({ traits }: ProfileObject): number {
  return Object.keys(traits).length
}
