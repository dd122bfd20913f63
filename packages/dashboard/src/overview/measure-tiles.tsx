import type { Measures } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { relativeChange } from '../words/number.ts'
import type { Measure } from './measures.ts'
import { MEASURES } from './measures.ts'

interface MeasureTilesProps {
  readonly total: Measures
  readonly previous: Measures | undefined
  readonly chosen: Measure
  readonly onChoose: (measure: Measure) => void
}

/** The figures of the period beside those of the one before; the chosen one is drawn over time below. */
export function MeasureTiles({ total, previous, chosen, onChoose }: MeasureTilesProps): JSX.Element {
  return (
    <div class="tiles" role="group" aria-label="Figures of this time">
      {MEASURES.map((measure) => (
        <button
          key={measure.key}
          type="button"
          class="tile"
          aria-pressed={measure.key === chosen.key}
          onClick={() => onChoose(measure)}
        >
          <span class="muted">{measure.words}</span>
          <span class="tile-value">{formatted(measure, total)}</span>
          <Change measure={measure} total={total} previous={previous} />
        </button>
      ))}
    </div>
  )
}

function Change({
  measure,
  total,
  previous,
}: {
  readonly measure: Measure
  readonly total: Measures
  readonly previous: Measures | undefined
}): JSX.Element {
  const now = measure.read(total)
  const before = previous && measure.read(previous)
  const change = now === null ? undefined : relativeChange(now, before ?? undefined)
  if (change === undefined) return <span class="tile-change muted">nothing before</span>
  const isUp = now! > before!
  const mood = now === before || measure.isGood === undefined ? '' : isUp === measure.isGood ? 'good' : 'bad'
  return (
    <span class={`tile-change ${mood}`}>
      {change} <span class="muted">from {measure.format(before!)}</span>
    </span>
  )
}

function formatted(measure: Measure, measures: Measures): string {
  const value = measure.read(measures)
  return value === null ? '–' : measure.format(value)
}
