import type { Health, HealthSource } from '@sojourn/protocol'
import type { ComponentChildren, JSX } from 'preact'
import { Sent } from '../design/sent.tsx'
import { wholeNumber } from '../words/number.ts'
import { agoText, fullTime } from '../words/time.ts'

interface HealthProps {
  readonly health: Health
}

/** Why events were rejected, how often, and the latest examples. */
export function Rejections({ health, now }: HealthProps & { readonly now: number }): JSX.Element {
  const reasons = Object.entries(health.events.rejected)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
  return (
    <Part title="Rejected events" isWide={reasons.length > 0}>
      {reasons.length === 0 ? (
        <p class="muted">None.</p>
      ) : (
        <>
          <ul class="row reasons" aria-label="Reasons">
            {reasons.map(([reason, count]) => (
              <li key={reason} class="badge warn">
                {reason} {wholeNumber(count)}
              </li>
            ))}
          </ul>
          <div class="scroll-x" tabIndex={0} role="region" aria-label="Latest rejected events, scrollable">
            <table class="plain-table stacking">
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">Reason</th>
                  <th scope="col">What to mend</th>
                  <th scope="col">Event</th>
                  <th scope="col">Source</th>
                </tr>
              </thead>
              <tbody>
                {health.rejections.map(({ id, reason, message, source, time }, index) => (
                  <tr key={`${time}${index}`}>
                    <td title={fullTime(Date.parse(time))}>{agoText(Date.parse(time), now)}</td>
                    <td>{reason}</td>
                    <td class="mend-words whole-line">
                      <Sent text={message} />
                    </td>
                    <td data-head="Event">{id === undefined ? '–' : <Sent text={id} maxChars={40} />}</td>
                    <td data-head="Source">
                      <SourceName source={source} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Part>
  )
}

/** Numbers that tabs have counted and that have not arrived, by source. */
export function Gaps({ health }: HealthProps): JSX.Element {
  return (
    <Part title="Open numbers of tabs">
      {health.sequenceGaps.length === 0 ? (
        <p class="muted">None: nothing is known to be missing.</p>
      ) : (
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col" class="number">
                Tabs
              </th>
              <th scope="col" class="number">
                Events missing
              </th>
            </tr>
          </thead>
          <tbody>
            {health.sequenceGaps.map(({ source, tabs, missing }) => (
              <tr key={source.id}>
                <td>
                  <SourceName source={source} />
                </td>
                <td class="number">{wholeNumber(tabs)}</td>
                <td class="number">{wholeNumber(missing)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  )
}

const REFUSALS: Readonly<Record<string, string>> = {
  not_json: 'The body was not JSON',
  not_a_batch: 'The body was not a batch of events',
  bad_request: 'The request could not be read',
  unknown_write_key: 'The write key is unknown',
  foreign_origin: 'The site may not send for the source',
  not_logged_in: 'The admin token was missing or wrong',
  too_large: 'The body was too large',
  too_slow: 'The request took too long',
  unsupported: 'The body came in a form that is not read',
  unavailable: 'The storage took nothing; the sender tries again',
}

/** Requests that were refused as a whole, by why. */
export function Refusals({ health }: HealthProps): JSX.Element {
  const kinds = Object.entries(health.refusedRequests).filter(([, count]) => count > 0)
  return (
    <Part title="Refused requests">
      {kinds.length === 0 ? (
        <p class="muted">None.</p>
      ) : (
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">Why</th>
              <th scope="col" class="number">
                Requests
              </th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(([kind, count]) => (
              <tr key={kind}>
                <td>{Object.hasOwn(REFUSALS, kind) ? REFUSALS[kind] : kind}</td>
                <td class="number">{wholeNumber(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  )
}

function SourceName({ source }: { readonly source: HealthSource }): JSX.Element {
  return <Sent text={source.name ?? source.id} maxChars={60} />
}

interface PartProps {
  readonly title: string
  readonly isWide?: boolean
  readonly children: ComponentChildren
}

function Part({ title, isWide = false, children }: PartProps): JSX.Element {
  return (
    <section class={`panel ${isWide ? 'wide-part' : ''}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <div class="body">{children}</div>
    </section>
  )
}
