import type { IntervalMeasures } from '@sojourn/protocol'
import { narrow } from '../filter/narrow.ts'
import type { Measure } from './measures.ts'

/** A figure of an interval as it is told; a dash where there is nothing to take it of. */
export function valueText(measure: Measure, interval: IntervalMeasures): string {
  const value = measure.read(interval)
  return value === null ? '–' : measure.format(value)
}

/** What finds the sessions of an interval that are behind its figure. */
export function within(
  { from, to }: IntervalMeasures,
  { behind }: Measure,
  shared: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return narrow(shared, { ...behind, range: undefined, from, to })
}
