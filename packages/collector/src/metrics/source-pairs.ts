import type { Measures } from '@sojourn/protocol'
import type { PairedSource } from '../store/session-metrics.ts'
import type { LeadingTypes } from '../store/queries.ts'
import type { Store } from '../store/store.ts'
import { measuresOf } from './measures.ts'
import type { MetricsQuery } from './metrics-parameters.ts'
import { examinedOf } from './examined.ts'
import type { Examined } from './examined.ts'
import { cut, totalOf } from './rankings.ts'
import type { Ranking } from './rankings.ts'
import { withPrevious } from './with-previous.ts'
import type { WithPrevious } from './with-previous.ts'

/** Sessions that led from the one source to the other. */
export type RankedPair = Measures & { readonly from: PairedSource; readonly to: PairedSource }

/** The answer of `GET /v1/metrics/sources?pair=…`. */
export type PairRanking = Ranking<RankedPair> & Examined

/** The most frequent pairs of sources, and of the period before if that is asked for. */
export function pairRanking(
  store: Store,
  query: MetricsQuery,
  types: LeadingTypes,
): Promise<WithPrevious<PairRanking>> {
  return withPrevious(query, async (filters) => {
    const { total } = await totalOf(store, filters)
    const { filters: latest, told } = await examinedOf(store, filters, total.sessions)
    const limits = { limit: query.limit + 1, examined: told.examined }
    const pairs = await store.sessionPairs(latest, { ...types, ...limits })
    const rows = pairs.map(({ from, to, sums }) => ({ from, to, ...measuresOf(sums) }))
    return { total, ...told, ...cut(rows, query.limit) }
  })
}
