import type { DifferencePart, ToldDifference } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import { Sent } from '../design/sent.tsx'
import { cutWords } from '../words/cut-words.ts'
import { durationText, shortDuration } from '../words/duration.ts'
import { eventCount, wholeNumber } from '../words/number.ts'
import { personWords } from '../words/session-words.ts'
import { clockTime, fullTime, shortTime } from '../words/time.ts'

interface DifferenceProps {
  readonly example: ToldDifference
  /** The definition that holds the session together, and the one that cuts it. */
  readonly own: string
  readonly other: string
}

/** One session that the other definition tells as several: whose and when, and of each cut the pause, the event and the rule. */
export function Difference({ example, own, other }: DifferenceProps): JSX.Element {
  const begun = Date.parse(example.time)
  return (
    <div class="difference">
      <p>
        <a href={placeLink(['sessions', example.session], under(own))} title={fullTime(begun)}>
          <Sent text={personWords(example)} maxChars={40} />, {shortTime(begun, Date.now())}
        </a>{' '}
        <span class="difference-extent">{extentWords(example)}</span>,{' '}
        <span class="difference-extent">
          {wholeNumber(example.into.length)} sessions of {other}
        </span>
      </p>
      <ol>
        {example.into.map((part, at) => (
          <li key={part.session}>
            {at > 0 && <CutLine part={part} definition={other} />}
            <p class="difference-part">
              <a
                href={placeLink(['sessions', part.session], under(other))}
                title={fullTime(Date.parse(part.time))}
              >
                {clockTime(Date.parse(part.time))} <EventWords part={part} />
              </a>{' '}
              <span class="difference-extent">{extentWords(part)}</span>
            </p>
          </li>
        ))}
      </ol>
    </div>
  )
}

function CutLine({ part, definition }: { part: DifferencePart; definition: string }): JSX.Element {
  const pause = part.gapMs === undefined ? 'With' : `After ${shortDuration(part.gapMs)}, with`
  return (
    <p class="cut-reason">
      <span class="cut-mark" aria-hidden="true" />
      <span>
        {pause} <EventWords part={part} />, {cutWords(part, definition)}.
      </span>
    </p>
  )
}

function EventWords({ part: { name, path } }: { readonly part: DifferencePart }): JSX.Element {
  return (
    <>
      {name === undefined ? 'an event' : <Sent text={name} maxChars={60} />}
      {path !== undefined && (
        <>
          {' '}
          <Sent text={path} maxChars={60} />
        </>
      )}
    </>
  )
}

function extentWords({ events, duration }: Pick<DifferencePart, 'events' | 'duration'>): string {
  return events === 1 ? eventCount(events) : `${eventCount(events)} in ${durationText(duration)}`
}

function under(definition: string): Readonly<Record<string, string | undefined>> {
  return { definition: definition === 'client' ? undefined : definition }
}
