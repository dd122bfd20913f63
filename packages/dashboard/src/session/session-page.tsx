import './session.css'
import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import type { SessionObject } from '@sojourn/protocol'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Sent } from '../design/sent.tsx'
import { StatusBadge } from '../design/status-badge.tsx'
import { Waiting } from '../design/waiting.tsx'
import { personWords } from '../words/session-words.ts'
import { shortTime } from '../words/time.ts'
import { useNow } from '../words/use-now.ts'
import { Neighbours } from './neighbours.tsx'
import { SessionEvents } from './session-events.tsx'
import { SessionFacts } from './session-facts.tsx'

interface SessionPageProps {
  readonly id: string
  readonly params: Readonly<Record<string, string>>
}

/** How often an open session is read again, in ms. */
const KEEP_UP_MS = 5_000

/** One session: what happened, when, by whom and from where. */
export function SessionPage({ id, params }: SessionPageProps): JSX.Element {
  const { definition } = params
  const path = `sessions/${encodeURIComponent(id)}`
  const { value: session, problem, reload } = useAnswer<SessionObject>(path, { definition }, KEEP_UP_MS)
  if (!session)
    return (
      <div class="page">
        <header>
          <h1>Session</h1>
        </header>
        {problem ? <ProblemNote problem={problem} onRetry={reload} /> : <Waiting lines={8} />}
      </div>
    )
  return (
    <div class="page">
      <Heading session={session} />
      <div class="session-columns">
        <SessionEvents session={session} definition={definition} />
        <SessionFacts session={session} />
      </div>
    </div>
  )
}

function Heading({ session }: { readonly session: SessionObject }): JSX.Element {
  const now = useNow()
  return (
    <header>
      <div class="trail">
        <a href={placeLink(['sessions'])}>Sessions</a>
        <h1>
          <Sent text={personWords(session)} maxChars={60} />
          <span class="muted">, {shortTime(Date.parse(session.metadata.time.insert), now)}</span>
        </h1>
        <StatusBadge status={session.metadata.status} />
        {session.app?.bot && <span class="badge warn">Bot</span>}
      </div>
      <Neighbours session={session} />
    </header>
  )
}
