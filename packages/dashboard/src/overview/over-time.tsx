import type { IntervalMeasures, Timeseries } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import { TimeChart } from '../design/time-chart.tsx'
import { narrow } from '../filter/narrow.ts'
import { intervalText } from '../words/time.ts'
import type { Measure } from './measures.ts'

interface OverTimeProps {
  readonly series: Timeseries
  readonly measure: Measure
  /** The filters that lead on to the sessions of an interval. */
  readonly shared: Readonly<Record<string, string>>
}

/** One figure over time, and in the period before; each point leads to its sessions. */
export function OverTime({ series, measure, shared }: OverTimeProps): JSX.Element {
  const [pointed, setPointed] = useState<number>()
  const { intervals, previous } = series
  const read = (of: readonly IntervalMeasures[]): (number | null)[] =>
    intervals.map((_, at) => (of[at] ? measure.read(of[at]) : null))
  const lines = [
    { words: measure.words, values: read(intervals), colour: 0 },
    ...(previous ? [{ words: 'Before', values: read(previous.intervals), colour: 5, isFaint: true }] : []),
  ]
  const choose = (index: number): void => {
    location.hash = placeLink(['sessions'], within(intervals[index]!, measure, shared))
  }
  const told = intervals[pointed ?? intervals.length - 1]
  const toldBefore = previous?.intervals[pointed ?? intervals.length - 1]
  return (
    <div class="body">
      <p class="chart-reading">
        {told && (
          <>
            {intervalText(Date.parse(told.from), Date.parse(told.to), series.interval)}:{' '}
            <a href={placeLink(['sessions'], within(told, measure, shared))}>
              <strong>{valueText(measure, told)}</strong>
            </a>
            {toldBefore && (
              <span class="muted">
                {' '}
                · before{' '}
                <a class="number-before" href={placeLink(['sessions'], within(toldBefore, measure, shared))}>
                  {valueText(measure, toldBefore)}
                </a>
              </span>
            )}
          </>
        )}
      </p>
      <TimeChart
        times={intervals.map((interval) => Date.parse(interval.from))}
        lines={lines}
        format={measure.formatShort}
        isWhole={measure.isWhole ?? false}
        label={`${measure.words} over time; the table below tells the same`}
        onPoint={setPointed}
        onChoose={choose}
      />
      <AsTable series={series} measure={measure} shared={shared} />
    </div>
  )
}

function AsTable({ series, measure, shared }: OverTimeProps): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="as-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table</summary>
      {isOpen && (
        <div class="scroll-y" tabIndex={0} role="region" aria-label="Figures over time, scrollable">
          <table class="plain-table">
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col" class="number">
                  {measure.words}
                </th>
                <th scope="col" class="number">
                  Before
                </th>
              </tr>
            </thead>
            <tbody>
              {series.intervals.map((interval, at) => (
                <tr key={interval.from}>
                  <td>{intervalText(Date.parse(interval.from), Date.parse(interval.to), series.interval)}</td>
                  <td class="number">
                    <a href={placeLink(['sessions'], within(interval, measure, shared))}>
                      {valueText(measure, interval)}
                    </a>
                  </td>
                  <td class="number">
                    {series.previous?.intervals[at] ? (
                      <a
                        href={placeLink(['sessions'], within(series.previous.intervals[at], measure, shared))}
                      >
                        {valueText(measure, series.previous.intervals[at])}
                      </a>
                    ) : (
                      '–'
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  )
}

function valueText(measure: Measure, interval: IntervalMeasures): string {
  const value = measure.read(interval)
  return value === null ? '–' : measure.format(value)
}

/** What finds the sessions of an interval that are behind its figure. */
function within(
  { from, to }: IntervalMeasures,
  { behind }: Measure,
  shared: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return narrow(shared, { ...behind, range: undefined, from, to })
}
