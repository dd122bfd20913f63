import type { JSX } from 'preact'
import type { SessionSegment } from '@sojourn/protocol'
import { Sent } from '../design/sent.tsx'
import { durationText } from '../words/duration.ts'
import { wholeNumber } from '../words/number.ts'
import { clockTime } from '../words/time.ts'

/** The sites a session ran through, in order. */
export function Segments({ segments }: { readonly segments: readonly SessionSegment[] }): JSX.Element {
  return (
    <table class="plain-table segments">
      <caption class="unseen">The sites this session ran through, in order</caption>
      <thead>
        <tr>
          <th scope="col">Site</th>
          <th scope="col">From</th>
          <th scope="col" class="number">
            For
          </th>
          <th scope="col" class="number">
            Events
          </th>
        </tr>
      </thead>
      <tbody>
        {segments.map((segment) => (
          <tr key={segment.start}>
            <td>
              <Sent text={segment.source} maxChars={60} />
              <br />
              <span class="muted">
                <Sent text={segment.type} maxChars={40} />
              </span>
            </td>
            <td>{clockTime(Date.parse(segment.start))}</td>
            <td class="number">{durationText(segment.duration)}</td>
            <td class="number">{wholeNumber(segment.events)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
