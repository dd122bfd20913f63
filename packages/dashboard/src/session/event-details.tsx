import type { JSX } from 'preact'
import type { StoredEvent } from '../api/event.ts'
import { Fact } from '../design/fact.tsx'
import { JsonFacts } from '../design/json-facts.tsx'
import { LinkOut } from '../design/link-out.tsx'
import { Sent } from '../design/sent.tsx'
import { shortDuration } from '../words/duration.ts'
import { wholeNumber } from '../words/number.ts'
import { fullTime } from '../words/time.ts'

/** An arrival later than this after the event is worth a word, in ms. */
const LATE_MS = 60_000

/** Everything known of one event. */
export function EventDetails({ event }: { readonly event: StoredEvent }): JSX.Element {
  const delayMs = event.receivedAt - event.correctedTime
  return (
    <div class="event-details">
      <dl class="facts">
        <Fact words="Time">{fullTime(event.correctedTime)}</Fact>
        {delayMs > LATE_MS && <Fact words="Arrived">{shortDuration(delayMs)} later</Fact>}
        {event.clockOffsetMs !== 0 && (
          <Fact words="Clock">
            the sender’s was off by {shortDuration(Math.abs(event.clockOffsetMs))}, which is corrected
          </Fact>
        )}
        {event.page?.title && (
          <Fact words="Title">
            <Sent text={event.page.title} />
          </Fact>
        )}
        {event.page?.url && (
          <Fact words="URL">
            <LinkOut url={event.page.url} />
          </Fact>
        )}
        {event.page?.referrer && (
          <Fact words="Referrer">
            <LinkOut url={event.page.referrer} />
          </Fact>
        )}
        {event.campaign && (
          <Fact words="Campaign">
            <Sent text={Object.values(event.campaign).join(' · ')} />
          </Fact>
        )}
        {event.userId && (
          <Fact words="User">
            <Sent text={event.userId} />
          </Fact>
        )}
        {event.tab && (
          <Fact words="Tab">
            <Sent text={event.tab} /> {event.seq !== undefined && `no. ${wholeNumber(event.seq)}`}
          </Fact>
        )}
        <Fact words="Event id">
          <code>
            <Sent text={event.id} />
          </code>
        </Fact>
      </dl>
      <Attached title="Properties" object={event.properties} />
      <Attached title="Traits" object={event.traits} />
    </div>
  )
}

function Attached({
  title,
  object,
}: {
  readonly title: string
  readonly object: Readonly<Record<string, unknown>> | undefined
}): JSX.Element | null {
  if (!object || Object.keys(object).length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <JsonFacts object={object} />
    </section>
  )
}
