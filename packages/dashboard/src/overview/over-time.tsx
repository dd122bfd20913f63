import type { IntervalMeasures, Timeseries } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import { TimeChart } from '../design/time-chart.tsx'
import { comparable } from './comparable.ts'
import { cutEnds, intervalWords } from './cut-ends.ts'
import { FiguresTable } from './figures-table.tsx'
import { valueText, within } from './figures-behind.ts'
import type { Interval } from './interval.ts'
import { intervalTicks } from './interval-ticks.ts'
import type { Measure } from './measures.ts'

export interface OverTimeProps {
  readonly series: Timeseries
  readonly interval: Interval
  readonly measure: Measure
  /** The filters that lead on to the sessions of an interval. */
  readonly shared: Readonly<Record<string, string>>
}

/** One figure over time, and in the period before; each point leads to its sessions. */
export function OverTime(props: OverTimeProps): JSX.Element {
  const { series, interval, measure, shared } = props
  const [pointed, setPointed] = useState<number>()
  const { intervals, previous } = series
  const before = comparable(previous)
  const times = intervals.map(({ from }) => Date.parse(from))
  const cut = cutEnds(intervals, interval)
  const read = (of: readonly (IntervalMeasures | undefined)[]): (number | null)[] =>
    intervals.map((_, at) => (of[at] ? measure.read(of[at]) : null))
  const lines = [
    { words: measure.words, values: read(intervals), colour: 0 },
    ...(previous ? [{ words: 'Before', values: read(before), colour: 5, isFaint: true }] : []),
  ]
  const choose = (index: number): void => {
    location.hash = placeLink(['sessions'], within(intervals[index]!, measure, shared))
  }
  const told = pointed ?? intervals.length - 1
  return (
    <div class="body">
      <p class="chart-reading">
        {intervals[told] && (
          <>
            {intervalWords(intervals, told, interval)}:{' '}
            <a href={placeLink(['sessions'], within(intervals[told], measure, shared))}>
              <strong>{valueText(measure, intervals[told])}</strong>
            </a>
            {before[told] && (
              <span class="muted">
                {' '}
                · before{' '}
                <a
                  class="number-before"
                  href={placeLink(['sessions'], within(before[told], measure, shared))}
                >
                  {valueText(measure, before[told])}
                </a>
              </span>
            )}
          </>
        )}
      </p>
      <TimeChart
        times={times}
        lines={lines}
        ticks={(most) => intervalTicks(times, interval, most)}
        cut={cut}
        format={measure.formatShort}
        isWhole={measure.isWhole ?? false}
        label={`${measure.words} over time; the table below tells the same`}
        onPoint={setPointed}
        onChoose={choose}
      />
      <FiguresTable {...props} />
    </div>
  )
}
