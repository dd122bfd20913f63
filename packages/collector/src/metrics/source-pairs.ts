import type { Measures } from '@sojourn/protocol'
import type { PairedSource } from '../store/session-metrics.ts'
import type { Store } from '../store/store.ts'
import { measuresOf } from './measures.ts'
import type { MetricsQuery } from './metrics-parameters.ts'
import type { PairedTypes } from './paired-types.ts'
import { MAX_EXAMINED, cut, totalOf } from './rankings.ts'
import type { PathRanking, Ranking } from './rankings.ts'
import { withPrevious } from './with-previous.ts'
import type { WithPrevious } from './with-previous.ts'

/** Sessions that led from the one source to the other. */
export type RankedPair = Measures & { readonly from: PairedSource; readonly to: PairedSource }

/** The answer of `GET /v1/metrics/sources?pair=…`: of `examined` sessions, those that began last. */
export type PairRanking = Ranking<RankedPair> & Pick<PathRanking, 'examined'>

/** The most frequent pairs of sources, and of the period before if that is asked for. */
export function pairRanking(
  store: Store,
  query: MetricsQuery,
  types: PairedTypes,
): Promise<WithPrevious<PairRanking>> {
  return withPrevious(query, async (filters) => {
    const [{ total }, pairs] = await Promise.all([
      totalOf(store, filters),
      store.sessionPairs(filters, { ...types, limit: query.limit + 1, examined: MAX_EXAMINED }),
    ])
    const rows = pairs.map(({ from, to, sums }) => ({ from, to, ...measuresOf(sums) }))
    return { total, examined: Math.min(total.sessions, MAX_EXAMINED), ...cut(rows, query.limit) }
  })
}
