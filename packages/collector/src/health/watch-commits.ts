import type { Store } from '../store/store.ts'
import type { IngestMeter } from './ingest-meter.ts'

/** The same commits, measured; `committed` is called when one is durable. */
export function watchCommits(
  store: Pick<Store, 'commit'>,
  meter: IngestMeter,
  committed: () => void,
): Pick<Store, 'commit'> {
  return {
    async commit(facts) {
      const done = meter.committing(facts.length)
      let isDurable = false
      try {
        const outcomes = await store.commit(facts)
        isDurable = true
        return outcomes
      } finally {
        done(isDurable)
        if (isDurable) committed()
      }
    },
  }
}
