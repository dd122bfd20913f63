import type { Measures } from '@sojourn/protocol'
import type { Store } from '../store/store.ts'
import type { MetricsQuery } from './metrics-parameters.ts'
import { totalOf } from './rankings.ts'
import { withPrevious } from './with-previous.ts'
import type { WithPrevious } from './with-previous.ts'

/** Sessions that lasted from `minDuration` to `maxDuration` whole seconds, both included; the last bar has no upper end. */
export interface DurationBar {
  readonly minDuration: number
  readonly maxDuration?: number
  readonly sessions: number
}

/** The answer of `GET /v1/metrics/durations`. */
export interface DurationHistogram {
  readonly total: Measures
  readonly bars: readonly DurationBar[]
}

/** Where bars begin, in whole seconds: bounces and other moments apart, then about three to each power of ten. */
export const DURATION_BOUNDS = [0, 1, 11, 31, 61, 181, 601, 1_801, 3_601, 10_801] as const

/** How long sessions last, and how long in the period before if that is asked for. */
export function durationHistogram(
  store: Store,
  query: MetricsQuery,
): Promise<WithPrevious<DurationHistogram>> {
  return withPrevious(query, async (filters) => {
    const [{ total }, counts] = await Promise.all([
      totalOf(store, filters),
      store.sessionDurations(filters, DURATION_BOUNDS),
    ])
    const bars = DURATION_BOUNDS.map((minDuration, i): DurationBar => {
      const next = DURATION_BOUNDS[i + 1]
      return {
        minDuration,
        ...(next !== undefined && { maxDuration: next - 1 }),
        sessions: counts[i] ?? 0,
      }
    })
    return { total, bars }
  })
}
