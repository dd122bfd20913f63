import type { ProfileObject, ProfileVisitor, SessionObject } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import type { SessionsPage } from '../api/session.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Sent } from '../design/sent.tsx'
import { durationText } from '../words/duration.ts'
import { wholeNumber } from '../words/number.ts'
import { deviceWords, shortId } from '../words/session-words.ts'
import { fullTime, tickText } from '../words/time.ts'
import { axisOf, axisTimes, laneBars } from './lanes.ts'
import type { Span } from './lanes.ts'
import { TYPE_COLOURS, typeSeries } from './type-series.ts'

/** More browsers than this are counted, but not drawn. */
const MOST_LANES = 12
const MOST_SESSIONS = 200

/** What one person did: a line for all of it, and one for each browser, over the same time. Colours tell types of sites apart. */
export function DeviceLanes({ profile }: { readonly profile: ProfileObject }): JSX.Element {
  const axis = axisOf(Date.parse(profile.firstSeen), Date.parse(profile.lastSeen))
  const zoneMs = -new Date(axis.fromMs).getTimezoneOffset() * 60_000
  const { stepMs, times } = axisTimes(axis, zoneMs)
  const hidden = profile.visitors.length - MOST_LANES
  return (
    <section class="panel" aria-label="Sessions over time">
      <header>
        <h2>On all devices and sites</h2>
        <ul class="row lane-legend" aria-label="Colours">
          {TYPE_COLOURS.map(({ words, series }) => (
            <li key={words} class="row">
              <span class={`swatch lane-bar ${series}`} /> {words}
            </li>
          ))}
        </ul>
      </header>
      <div class="body lanes">
        <TogetherLane profile={profile} axis={axis} />
        {profile.visitors.slice(0, MOST_LANES).map((visitor) => (
          <VisitorLane key={visitor.id} visitor={visitor} userId={profile.userId} axis={axis} />
        ))}
        {hidden > 0 && <p class="muted">{wholeNumber(hidden)} more browsers are not drawn.</p>}
        <div class="lane-axis" aria-hidden="true">
          {times.map((time) => (
            <span key={time} style={{ left: `${((time - axis.fromMs) / (axis.toMs - axis.fromMs)) * 100}%` }}>
              {tickText(time, stepMs)}
            </span>
          ))}
        </div>
      </div>
    </section>
  )
}

function TogetherLane({
  profile,
  axis,
}: {
  readonly profile: ProfileObject
  readonly axis: Span
}): JSX.Element {
  const definition = 'cross-property'
  const { value, problem } = useAnswer<SessionsPage>('sessions', {
    definition,
    profile: profile.id,
    limit: MOST_SESSIONS,
  })
  if (problem && !value) return <ProblemNote problem={problem} />
  return (
    <Lane
      words="All together"
      more="across devices and sites"
      sessions={value?.sessions}
      axis={axis}
      definition={definition}
    />
  )
}

interface VisitorLaneProps {
  readonly visitor: ProfileVisitor
  readonly userId: string | undefined
  readonly axis: Span
}

function VisitorLane({ visitor, userId, axis }: VisitorLaneProps): JSX.Element {
  const { value, problem } = useAnswer<SessionsPage>('sessions', {
    visitor: visitor.id,
    limit: MOST_SESSIONS,
  })
  if (problem && !value) return <ProblemNote problem={problem} />
  // Somebody else may have logged in on the same device.
  const sessions = value?.sessions.filter(
    ({ profile }) => profile.userId === undefined || profile.userId === userId,
  )
  const device = sessions?.[0] && deviceWords(sessions[0])
  return (
    <Lane
      words={device ?? 'Browser'}
      more={shortId(visitor.id)}
      sessions={sessions}
      axis={axis}
      definition={undefined}
    />
  )
}

interface LaneProps {
  readonly words: string
  readonly more: string
  /** Undefined while they are on their way. */
  readonly sessions: readonly SessionObject[] | undefined
  readonly axis: Span
  readonly definition: string | undefined
}

function Lane({ words, more, sessions, axis, definition }: LaneProps): JSX.Element {
  return (
    <div class="lane">
      <p class="lane-words">
        <strong class="cut">
          <Sent text={words} maxChars={60} />
        </strong>
        <span class="muted cut">
          <Sent text={more} maxChars={40} />
        </span>
      </p>
      <ul class={`lane-track ${sessions ? '' : 'waiting'}`} aria-label={`Sessions, ${words}`}>
        {laneBars(sessions ?? [], axis).map(({ session, left, width }) => (
          <li key={session.id} style={{ left: `${left * 100}%`, width: `${width * 100}%` }}>
            <a
              class={`lane-bar ${typeSeries(session.source.type)}`}
              href={placeLink(['sessions', session.id], { definition })}
              title={barTitle(session)}
            >
              <span class="unseen">{barTitle(session)}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

function barTitle({ source, metadata: { time }, counts }: SessionObject): string {
  const start = fullTime(Date.parse(time.insert))
  return `${start}: ${durationText(time.duration)}, ${wholeNumber(counts.events)} events, ${source.name.slice(0, 80)}`
}
