import type { Timeseries } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { DefinitionsAnswer } from '../api/definition.ts'
import type { Params } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { TimeChart } from '../design/time-chart.tsx'
import { shortNumber, wholeNumber } from '../words/number.ts'
import { cutEnds, intervalWords } from './cut-ends.ts'
import type { Interval } from './interval.ts'
import { intervalTicks } from './interval-ticks.ts'

const LIFECYCLES = [
  { key: 'new', words: 'New', colour: 0 },
  { key: 'active', words: 'Active', colour: 2 },
  { key: 'resurrected', words: 'Resurrected', colour: 1 },
] as const

interface LifecyclePanelProps {
  /** The overview's query, with `tz`. */
  readonly query: Params
  readonly interval: Interval
  readonly shared: Readonly<Record<string, string>>
}

/** Where the chosen sessions are not those of persons, the lifecycle is that of the built-in definition of this name. */
const PRODUCT = 'product'

/** New, active and resurrected product sessions over time, on top of one another; nothing where no session has a lifecycle. */
export function LifecyclePanel({ query, interval, shared }: LifecyclePanelProps): JSX.Element | null {
  const { value } = useAnswer<DefinitionsAnswer>('definitions')
  const chosen = value?.definitions.find(({ name }) => name === query['definition'])
  const definition =
    chosen?.scope === 'profile' ? chosen : value?.definitions.find(({ name }) => name === PRODUCT)
  if (!definition) return null
  const { name } = definition
  return (
    <Lifecycles
      query={{ ...query, definition: name }}
      interval={interval}
      shared={{ ...shared, definition: name }}
    />
  )
}

function Lifecycles({ query, interval, shared }: LifecyclePanelProps): JSX.Element | null {
  const [pointed, setPointed] = useState<number>()
  const answers = LIFECYCLES.map(({ key }) =>
    useAnswer<Timeseries>('metrics/timeseries', { ...query, interval, lifecycle: key }),
  )
  const [first] = answers
  const isComplete = answers.every((answer) => answer.value)
  if (!isComplete || answers.every((answer) => answer.value!.total.sessions === 0)) return null
  const { intervals } = first!.value!
  const times = intervals.map(({ from }) => Date.parse(from))
  const at = pointed ?? intervals.length - 1
  const within = (index: number) => ({
    ...shared,
    range: undefined,
    from: intervals[index]?.from,
    to: intervals[index]?.to,
  })
  return (
    <section class="panel" aria-label="Lifecycle">
      <header>
        <h2>Who comes: new, active, resurrected</h2>
      </header>
      <div class="body">
        <p class="chart-reading">
          {intervals[at] && intervalWords(intervals, at, interval)}:{' '}
          {LIFECYCLES.map(({ key, words, colour }, index) => (
            <a
              key={key}
              class="reading-part"
              href={placeLink(['sessions'], { ...within(at), lifecycle: key })}
            >
              <span class={`swatch series-${colour + 1}`} />
              {words} <strong>{wholeNumber(answers[index]!.value!.intervals[at]?.sessions ?? 0)}</strong>
            </a>
          ))}
        </p>
        <TimeChart
          times={times}
          ticks={(most) => intervalTicks(times, interval, most)}
          cut={cutEnds(intervals, interval)}
          lines={LIFECYCLES.map(({ words, colour }, index) => ({
            words,
            colour,
            values: intervals.map((_, position) => answers[index]!.value!.intervals[position]?.sessions ?? 0),
          }))}
          isStacked
          isWhole
          format={shortNumber}
          label="New, active and resurrected sessions over time"
          onPoint={setPointed}
          onChoose={(index) => void (location.hash = placeLink(['sessions'], within(index)))}
        />
      </div>
    </section>
  )
}
