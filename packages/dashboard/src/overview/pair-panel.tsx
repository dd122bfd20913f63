import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import type { PairsAnswer } from '../api/metrics.ts'
import type { Params } from '../api/request.ts'
import type { SourcesAnswer } from '../api/source.ts'
import { useAnswer } from '../api/use-answer.ts'
import { narrow } from '../filter/narrow.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Sent } from '../design/sent.tsx'
import { Waiting } from '../design/waiting.tsx'
import { fromWhen } from './from-when.ts'
import { percent, wholeNumber } from '../words/number.ts'

const PRODUCT = 'product'
/** Visits that run across sites are told by it alone. */
const ACROSS = 'cross-property'

interface PairPanelProps {
  readonly query: Params
  readonly shared: Readonly<Record<string, string>>
}

/** Which visits to the other sites led to the product; nothing where there is no product, or no other site. */
export function PairPanel({ query, shared }: PairPanelProps): JSX.Element | null {
  const sources = useAnswer<SourcesAnswer>('sources')
  const known = [...new Set(sources.value?.sources.map(({ type }) => type))]
  const others = known.filter((type) => type !== PRODUCT)
  const isAsked = known.includes(PRODUCT) && others.length > 0
  const types = [...others, PRODUCT].join()
  const { value, problem, reload } = useAnswer<PairsAnswer>(isAsked ? 'metrics/sources' : undefined, {
    ...query,
    definition: ACROSS,
    pair: types,
    limit: 8,
  })
  if (!isAsked) return null
  const largest = Math.max(...(value?.rows ?? []).map(({ sessions }) => sessions), 1)
  return (
    <section class="panel" aria-label="What led to the product">
      <header>
        <h2>What led to the product</h2>
      </header>
      <div class="body stack">
        {problem && <ProblemNote problem={problem} onRetry={reload} />}
        {!value && !problem && <Waiting />}
        {value?.rows.length === 0 && <p class="muted">No visit went on to the product in this time.</p>}
        {value && value.rows.length > 0 && (
          <ul class="bar-list">
            {value.rows.map(({ from, to, sessions }) => (
              <li key={`${from.id} ${to.id}`}>
                <span class="bar" style={{ width: `${(sessions / largest) * 100}%` }} />
                <a
                  class="cut"
                  href={placeLink(['sessions'], {
                    ...narrow(shared, fromWhen(value)),
                    definition: ACROSS,
                    led: types,
                    ledFrom: from.id,
                    ledTo: to.id,
                  })}
                >
                  <Sent text={from.name} maxChars={40} /> → <Sent text={to.name} maxChars={40} />
                </a>
                <span class="number">
                  {wholeNumber(sessions)}{' '}
                  <span class="muted">{percent(sessions / Math.max(1, value.total.sessions))}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
        <p class="muted">
          Visits across sites, told by {ACROSS}, that came to the product from another site.
        </p>
      </div>
    </section>
  )
}
