import type { SessionSort } from '../store/queries.ts'
import type { MetricFilters } from '../store/queries.ts'
import type { Store } from '../store/store.ts'

/** Ways are read from events, so they are told of about this many sessions: those that began last. */
export const MAX_EXAMINED = 20_000

/** Which of the sessions that filters find are told of. `examinedFrom`: of those that began then or later; absent where all are. */
export interface Examined {
  readonly examined: number
  /** ISO 8601; the parameter `from` that finds them. */
  readonly examinedFrom?: string
}

/**
 * The filters of those that are told of, `found` of which there are: all of them, or the last `most` to begin, and with them those that began in
 * the same millisecond as the first of these, so that the filters alone say which they are.
 */
export async function examinedOf(
  store: Pick<Store, 'sessions' | 'sessionSums'>,
  filters: MetricFilters,
  found: number,
  most = MAX_EXAMINED,
): Promise<{ readonly filters: MetricFilters; readonly told: Examined }> {
  if (found <= most) return { filters, told: { examined: found } }
  const { signal: _signal, conversionsOf: _conversionsOf, ...asked } = filters
  const byStart: { sort: SessionSort; descending: boolean } = { sort: 'start', descending: true }
  const { rows } = await store.sessions({ ...asked, ...byStart, skip: most - 1, limit: 1 })
  const first = rows[0]?.metadata.time.insert
  if (first === undefined) return { filters, told: { examined: found } }
  const latest = { ...filters, from: Date.parse(first) }
  const { sessions } = await store.sessionSums(latest)
  return { filters: latest, told: { examined: sessions, examinedFrom: first } }
}
