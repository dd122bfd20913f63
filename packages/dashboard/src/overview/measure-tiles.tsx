import type { Measures } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import { narrow } from '../filter/narrow.ts'
import { relativeChange } from '../words/number.ts'
import type { Measure } from './measures.ts'
import { MEASURES } from './measures.ts'

/** The period before: what it came to, its bounds, and when its data begin where those are not of the whole of it. */
interface PreviousPeriod {
  readonly total: Measures
  readonly from?: string
  readonly to?: string
  readonly coveredFrom?: string
}

interface MeasureTilesProps {
  readonly total: Measures
  readonly previous: PreviousPeriod | undefined
  readonly chosen: Measure
  /** The filters that the figures were taken with. */
  readonly shared: Readonly<Record<string, string>>
  readonly onChoose: (measure: Measure) => void
}

/**
 * The figures of the period beside those of the one before. A figure leads to the sessions behind it; the rest of its tile chooses it to be
 * drawn over time below.
 */
export function MeasureTiles({ total, previous, chosen, shared, onChoose }: MeasureTilesProps): JSX.Element {
  return (
    <div class="tiles" role="group" aria-label="Figures of this time">
      {MEASURES.map((measure) => (
        <div key={measure.key} class={`tile ${measure.key === chosen.key ? 'chosen' : ''}`}>
          <button
            type="button"
            class="tile-choice"
            aria-pressed={measure.key === chosen.key}
            title={`Draw ${measure.words.toLowerCase()} over time`}
            onClick={() => onChoose(measure)}
          >
            {measure.words}
          </button>
          <a
            class="tile-value"
            href={placeLink(['sessions'], narrow(shared, measure.behind))}
            title={measure.behindWords}
            aria-label={`${measure.words}: ${formatted(measure, total)}`}
          >
            {formatted(measure, total)}
          </a>
          <Change measure={measure} total={total} previous={previous} shared={shared} />
        </div>
      ))}
    </div>
  )
}

function Change({
  measure,
  total,
  previous,
  shared,
}: {
  readonly measure: Measure
  readonly total: Measures
  readonly previous: PreviousPeriod | undefined
  readonly shared: Readonly<Record<string, string>>
}): JSX.Element {
  const now = measure.read(total)
  const before = previous && measure.read(previous.total)
  const change = now === null ? undefined : relativeChange(now, before ?? undefined)
  // Half a month is no measure for a month: the note below the tiles says since when there are data.
  if (previous?.coveredFrom !== undefined)
    return <span class="tile-change muted">no whole period before</span>
  if (change === undefined) return <span class="tile-change muted">nothing before</span>
  const isUp = now! > before!
  const mood = now === before || measure.isGood === undefined ? '' : isUp === measure.isGood ? 'good' : 'bad'
  return (
    <span class={`tile-change ${mood}`}>
      {change}{' '}
      <span class="muted">
        from{' '}
        <a
          class="number-before"
          href={placeLink(
            ['sessions'],
            narrow(shared, { ...measure.behind, range: undefined, from: previous?.from, to: previous?.to }),
          )}
          aria-label={`${measure.words} before: ${measure.format(before!)}`}
        >
          {measure.format(before!)}
        </a>
      </span>
    </span>
  )
}

function formatted(measure: Measure, measures: Measures): string {
  const value = measure.read(measures)
  return value === null ? '–' : measure.format(value)
}
