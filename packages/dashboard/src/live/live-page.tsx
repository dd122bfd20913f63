import './live.css'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import { goTo } from '../address/use-place.ts'
import type { StoredEvent } from '../api/event.ts'
import type { Feature } from '../api/features.ts'
import type { SourcesAnswer } from '../api/source.ts'
import { useAnswer } from '../api/use-answer.ts'
import { KindDot, kindWords } from '../design/event-kind.tsx'
import { ProblemNote } from '../design/problem-note.tsx'
import { Sent } from '../design/sent.tsx'
import { Waiting } from '../design/waiting.tsx'
import { shortId } from '../words/session-words.ts'
import { agoText, fullTime } from '../words/time.ts'
import { useNow } from '../words/use-now.ts'
import { SessionsNow } from './sessions-now.tsx'
import { useLiveEvents } from './use-live-events.ts'

interface LivePageProps {
  readonly params: Readonly<Record<string, string>>
  readonly features: ReadonlySet<Feature>
}

/** What happens right now: the open sessions, and the events as they come. */
export function LivePage({ params, features }: LivePageProps): JSX.Element {
  const { source } = params
  const [isPaused, setPaused] = useState(false)
  const { events, isReady, problem } = useLiveEvents(source, features.has('liveEvents'), isPaused)
  const sources = useAnswer<SourcesAnswer>('sources')
  return (
    <div class="page">
      <header>
        <h1>Live</h1>
        <label class="row">
          <span class="muted">Source</span>
          <select
            class="input fitting"
            value={source ?? ''}
            onChange={(event) => goTo(['live'], { source: event.currentTarget.value })}
          >
            <option value="">All</option>
            {sources.value?.sources.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
          {isPaused ? 'Go on' : 'Pause'}
        </button>
      </header>
      <SessionsNow source={source} />
      <section class="panel" aria-label="Newest events">
        <header>
          <h2>Events as they come</h2>
          <span class="muted" role="status">
            {isPaused ? 'Paused' : ''}
          </span>
        </header>
        <div class="body">
          {problem && <ProblemNote problem={problem} />}
          {!isReady && <Waiting />}
          {isReady && events.length === 0 && !problem && (
            <div class="empty">
              <strong>Nothing has arrived yet</strong>
              <p>Events appear here within two seconds of being stored.</p>
              <a class="button" href={placeLink(['sources'])}>
                See the snippets
              </a>
            </div>
          )}
          {events.length > 0 && <EventLines events={events} />}
        </div>
      </section>
    </div>
  )
}

function EventLines({ events }: { readonly events: readonly StoredEvent[] }): JSX.Element {
  const now = useNow(1_000)
  return (
    <ol class="live-list">
      {events.map((event) => (
        <li key={event.id}>
          <KindDot event={event} />
          <time class="live-time" title={fullTime(event.correctedTime)}>
            {agoText(event.correctedTime, now)}
          </time>
          <span class="live-name cut">
            <span class="unseen">{kindWords(event)}: </span>
            <Sent text={event.name} maxChars={80} />
          </span>
          <span class="live-where cut muted">
            {event.page?.path !== undefined && <Sent text={event.page.path} maxChars={120} />}
          </span>
          <span class="live-who cut">
            {event.sessionId === undefined ? (
              <Who event={event} />
            ) : (
              <a href={placeLink(['sessions', event.sessionId])}>
                <Who event={event} />
              </a>
            )}
          </span>
          <span class="badge live-from cut">
            <Sent text={event.source.name ?? event.source.id} maxChars={40} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function Who({ event }: { readonly event: StoredEvent }): JSX.Element {
  return <Sent text={event.userId ?? `Visitor ${shortId(event.visitorId ?? '')}`} maxChars={40} />
}
