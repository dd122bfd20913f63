import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import type { SessionObject } from '@sojourn/protocol'
import type { SessionsPage } from '../api/session.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Sent } from '../design/sent.tsx'
import { wholeNumber } from '../words/number.ts'

/** Open sessions are counted up to this many. */
const MOST = 500
const ASK_MS = 5_000

/** How many sessions are open, and where these people came in. */
export function SessionsNow({ source }: { readonly source: string | undefined }): JSX.Element {
  const query = { source, sort: '-start', limit: MOST }
  const active = useAnswer<SessionsPage>('sessions', { ...query, status: 'active' }, ASK_MS)
  const started = useAnswer<SessionsPage>('sessions', { ...query, status: 'started' }, ASK_MS)
  const open = [...(active.value?.sessions ?? []), ...(started.value?.sessions ?? [])]
  const isMore = active.value?.next !== null || started.value?.next !== null
  return (
    <section class="panel sessions-now" aria-label="Sessions now">
      <div>
        <p class="muted">Open sessions</p>
        <p class="big-number">
          {active.value && started.value ? `${wholeNumber(open.length)}${isMore ? '+' : ''}` : '–'}
        </p>
      </div>
      <Most title="By source" values={open.map((session) => session.source.name)} param="source" />
      <Most title="By page they are on" values={open.map((session) => session.exit?.path)} param="exitPath" />
      <Most title="By country" values={open.map(countryOf)} param="country" />
    </section>
  )
}

function countryOf(session: SessionObject): string | undefined {
  return session.device?.geo?.country?.code
}

interface MostProps {
  readonly title: string
  readonly values: readonly (string | undefined)[]
  /** The filter that finds the sessions of a value. */
  readonly param: string
}

/** The most frequent values, each a link to its sessions. */
function Most({ title, values, param }: MostProps): JSX.Element | null {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  if (counts.size === 0) return null
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, 4)
  return (
    <div class="now-most">
      <p class="muted">{title}</p>
      <ul>
        {most.map(([value, count]) => (
          <li key={value}>
            <a class="cut" href={placeLink(['sessions'], { [param]: value, range: '24h' })}>
              <Sent text={value} maxChars={60} />
            </a>
            <span class="number">{wholeNumber(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
