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

/** Which span of time up to now. */
export function RangeChoice({ params, onChange }: RangeChoiceProps): JSX.Element {
  const chosen = rangeKey(params)
  const choose = (key: RangeKey): void =>
    onChange({ range: key === DEFAULT_RANGE ? undefined : key, from: undefined, to: undefined })
  return (
    <div class="segmented" role="group" aria-label="Time">
      {RANGES.map((range) => (
        <button
          key={range.key}
          type="button"
          aria-pressed={range.key === chosen}
          title={range.key === 'all' ? 'All time' : `The last ${range.words}`}
          onClick={() => choose(range.key)}
        >
          {range.key === 'all' ? 'All' : range.key}
        </button>
      ))}
    </div>
  )
}

/** A span of time between two moments. */
export function DatesMenu({ params, onChange }: RangeChoiceProps): JSX.Element {
  const setEnd = (name: 'from' | 'to', text: string): void =>
    onChange({ range: undefined, [name]: fromLocalInput(text) })
  return (
    <Popover words={rangeKey(params) === 'custom' ? 'Dates set' : 'Dates'} icon="calendar">
      {() => (
        <div class="filter-form">
          <DateField words="From" iso={params['from']} onChange={(text) => setEnd('from', text)} />
          <DateField
            words="Up to, not including"
            iso={params['to']}
            onChange={(text) => setEnd('to', text)}
          />
          <p class="muted">In your zone, {VIEWER_ZONE}. A session belongs to the time it started.</p>
        </div>
      )}
    </Popover>
  )
}

interface DateFieldProps {
  readonly words: string
  readonly iso: string | undefined
  readonly onChange: (text: string) => void
}

function DateField({ words, iso, onChange }: DateFieldProps): JSX.Element {
  return (
    <label class="field">
      <span>{words}</span>
      <input
        class="input"
        type="datetime-local"
        value={toLocalInput(iso)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  )
}
