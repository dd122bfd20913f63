import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import { comparable } from './comparable.ts'
import { intervalWords } from './cut-ends.ts'
import { valueText, within } from './figures-behind.ts'
import type { OverTimeProps } from './over-time.tsx'

/** The figures of the chart as a table, made when it is opened. */
export function FiguresTable({ series, interval: length, measure, shared }: OverTimeProps): JSX.Element {
  const before = comparable(series.previous)
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
                  <td>{intervalWords(series.intervals, at, length)}</td>
                  <td class="number">
                    <a href={placeLink(['sessions'], within(interval, measure, shared))}>
                      {valueText(measure, interval)}
                    </a>
                  </td>
                  <td class="number">
                    {before[at] ? (
                      <a href={placeLink(['sessions'], within(before[at], measure, shared))}>
                        {valueText(measure, before[at])}
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
