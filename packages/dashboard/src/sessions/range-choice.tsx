import type { JSX } from 'preact'
import { Popover } from '../design/popover.tsx'
import { VIEWER_ZONE } from '../words/time.ts'
import type { RangeKey } from './range.ts'
import { DEFAULT_RANGE, RANGES, fromLocalInput, rangeKey, toLocalInput } from './range.ts'

interface RangeChoiceProps {
  readonly params: Readonly<Record<string, string>>
  /** What the address shall say: `range`, or `from` and `to`. */
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void
}

/** Which span of time: up to now, or between two moments. */
export function RangeChoice({ params, onChange }: RangeChoiceProps): JSX.Element {
  const chosen = rangeKey(params)
  const choose = (key: RangeKey): void =>
    onChange({ range: key === DEFAULT_RANGE ? undefined : key, from: undefined, to: undefined })
  const setEnd = (name: 'from' | 'to', text: string): void =>
    onChange({ range: undefined, [name]: fromLocalInput(text) })
  return (
    <>
      <div class="segmented" role="group" aria-label="Time">
        {RANGES.map((range) => (
          <button
            key={range.key}
            type="button"
            aria-pressed={range.key === chosen}
            aria-label={range.key === 'all' ? 'All time' : `The last ${range.words}`}
            onClick={() => choose(range.key)}
          >
            {range.key === 'all' ? 'All' : range.key}
          </button>
        ))}
      </div>
      <Popover words={chosen === 'custom' ? 'Dates set' : 'Dates'} icon="calendar">
        {() => (
          <div class="filter-form">
            <label class="field">
              <span>From</span>
              <input
                class="input"
                type="datetime-local"
                value={toLocalInput(params['from'])}
                onChange={(event) => setEnd('from', event.currentTarget.value)}
              />
            </label>
            <label class="field">
              <span>Up to, not including</span>
              <input
                class="input"
                type="datetime-local"
                value={toLocalInput(params['to'])}
                onChange={(event) => setEnd('to', event.currentTarget.value)}
              />
            </label>
            <p class="muted">In your zone, {VIEWER_ZONE}. A session belongs to the time it started.</p>
          </div>
        )}
      </Popover>
    </>
  )
}
