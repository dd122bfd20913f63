import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import type { Params } from '../api/request.ts'
import type { SessionObject } from '@sojourn/protocol'
import type { SessionsPage } from '../api/session.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Icon } from '../design/icon.tsx'

/** Links to the sessions of the same visitor just before and after this one. */
export function Neighbours({ session }: { readonly session: SessionObject }): JSX.Element {
  const { definition, visitor, profile } = session
  const start = Date.parse(session.metadata.time.insert)
  const who: Params = definition === 'client' && visitor ? { visitor: visitor.id } : { profile: profile.id }
  const before = useAnswer<SessionsPage>('sessions', {
    ...who,
    definition,
    to: start,
    sort: '-start',
    limit: 1,
  })
  const after = useAnswer<SessionsPage>('sessions', {
    ...who,
    definition,
    from: start + 1,
    sort: 'start',
    limit: 1,
  })
  return (
    <div class="row">
      <Neighbour words="Previous" session={before.value?.sessions[0]} icon="left" />
      <Neighbour words="Next" session={after.value?.sessions[0]} icon="right" />
    </div>
  )
}

interface NeighbourProps {
  readonly words: string
  readonly session: SessionObject | undefined
  readonly icon: 'left' | 'right'
}

function Neighbour({ words, session, icon }: NeighbourProps): JSX.Element | null {
  if (!session) return null
  const { id, definition } = session
  return (
    <a
      class="button"
      href={placeLink(['sessions', id], { definition: definition === 'client' ? undefined : definition })}
    >
      {icon === 'left' && <Icon name={icon} />}
      {words}
      <span class="unseen"> session of this person</span>
      {icon === 'right' && <Icon name={icon} />}
    </a>
  )
}
