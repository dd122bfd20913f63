import type { JSX } from 'preact'
import { shortDuration, durationText } from '../words/duration.ts'
import { kindClass } from '../design/event-kind.tsx'
import { wholeNumber } from '../words/number.ts'
import type { Cuts } from './cuts.ts'
import type { TimelineEntry } from './timeline.ts'
import { axisTicks } from './timeline.ts'

/** A tick's label is centred on it only where it does not stand out of the strip. */
const EDGE = 0.06

/** All events on one line, with the pauses between them to scale. The list below it tells the same in words. */
export function TimeStrip({
  entries,
  cuts,
}: {
  readonly entries: readonly TimelineEntry[]
  /** Where another definition would have cut. */
  readonly cuts: Cuts | undefined
}): JSX.Element {
  const spanMs = entries.at(-1)?.offsetMs ?? 0
  const label = `${wholeNumber(entries.length)} events over ${durationText(spanMs / 1000)}, to scale`
  return (
    <figure class="strip" role="img" aria-label={label}>
      <div class="strip-line">
        {entries.map(({ event, at }) => (
          <span key={event.id} class={`strip-event ${kindClass(event)}`} style={{ left: `${at * 100}%` }} />
        ))}
        {entries
          .filter(({ event }) => cuts?.has(event.id))
          .map(({ event, at }) => (
            <span key={`cut ${event.id}`} class="strip-cut" style={{ left: `${at * 100}%` }} />
          ))}
      </div>
      <div class="strip-axis">
        {axisTicks(spanMs).map((offsetMs) => {
          const at = spanMs > 0 ? offsetMs / spanMs : 0.5
          const side = at < EDGE ? 'first' : at > 1 - EDGE ? 'last' : ''
          return (
            <span key={offsetMs} class={`strip-tick ${side}`} style={{ left: `${at * 100}%` }}>
              {offsetMs === 0 ? 'start' : shortDuration(offsetMs)}
            </span>
          )
        })}
      </div>
    </figure>
  )
}
