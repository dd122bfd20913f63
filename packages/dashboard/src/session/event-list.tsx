import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { StoredEvent } from '../api/event.ts'
import { KindDot, kindWords } from '../design/event-kind.tsx'
import { Sent } from '../design/sent.tsx'
import { durationText, shortDuration } from '../words/duration.ts'
import { startReasonWords } from '../words/session-words.ts'
import { clockTime, fullTime } from '../words/time.ts'
import type { Cut, Cuts } from './cuts.ts'
import { EventDetails } from './event-details.tsx'
import type { TimelineEntry } from './timeline.ts'
import { SHORTEST_SHOWN_GAP_MS } from './timeline.ts'

interface EventListProps {
  readonly entries: readonly TimelineEntry[]
  /** Name the source of each event: the session ran through more than one. */
  readonly hasManySources: boolean
  /** Where another definition would have cut, and its name. */
  readonly cuts: Cuts | undefined
  readonly cutter: string | undefined
}

/** The events in order; each opens to all that is known of it, and long pauses stand between them to scale. */
export function EventList({ entries, hasManySources, cuts, cutter }: EventListProps): JSX.Element {
  const longestMs = Math.max(...entries.map((entry) => entry.gapMs), 1)
  return (
    <ol class="event-list">
      {entries.map((entry) => (
        <li key={entry.event.id}>
          {entry.gapMs >= SHORTEST_SHOWN_GAP_MS && (
            <Pause gapMs={entry.gapMs} share={entry.gapMs / longestMs} />
          )}
          {cutter !== undefined && cuts?.has(entry.event.id) && (
            <CutMark cut={cuts.get(entry.event.id)!} cutter={cutter} />
          )}
          <EventRow entry={entry} hasManySources={hasManySources} />
        </li>
      ))}
    </ol>
  )
}

function CutMark({ cut, cutter }: { readonly cut: Cut; readonly cutter: string }): JSX.Element {
  const { session, rule, gapMs } = cut
  const why = rule === undefined ? 'the sender began another one' : startReasonWords({ startReason: rule })
  return (
    <p class="cut-line">
      {session === undefined ? (
        cutter
      ) : (
        <a href={placeLink(['sessions', session], { definition: cutter === 'client' ? undefined : cutter })}>
          {cutter}
        </a>
      )}{' '}
      begins another session here: {why}
      {gapMs !== undefined && ` (${shortDuration(gapMs)} without activity)`}
    </p>
  )
}

function Pause({ gapMs, share }: { readonly gapMs: number; readonly share: number }): JSX.Element {
  return (
    <p class="pause">
      <span class="pause-words">{shortDuration(gapMs)} pause</span>
      <span class="pause-bar" style={{ width: `${share * 50}%` }} />
    </p>
  )
}

function EventRow({
  entry,
  hasManySources,
}: {
  readonly entry: TimelineEntry
  readonly hasManySources: boolean
}): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const { event, offsetMs } = entry
  return (
    <details class="event" onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
      <summary>
        <KindDot event={event} />
        <time class="event-time" title={fullTime(event.correctedTime)}>
          {clockTime(event.correctedTime)}
        </time>
        <span class="event-offset number">+{durationText(offsetMs / 1000)}</span>
        <span class="event-name cut">
          <span class="unseen">{kindWords(event)}: </span>
          <Sent text={event.name} maxChars={120} />
        </span>
        <span class="event-where cut">
          {whereOf(event) && <Sent text={whereOf(event)!} maxChars={160} />}
        </span>
        {hasManySources && (
          <span class="badge">
            <Sent text={event.source.name ?? event.source.id} maxChars={40} />
          </span>
        )}
        {event.tags?.map((tag) => (
          <span key={tag} class="badge accent cut">
            <Sent text={tag} maxChars={40} />
          </span>
        ))}
      </summary>
      {isOpen && <EventDetails event={event} />}
    </details>
  )
}

/** What stands beside the name: where it happened. */
function whereOf(event: StoredEvent): string | undefined {
  if (event.type === 'identify') return event.userId
  return event.page?.path ?? event.page?.url
}
