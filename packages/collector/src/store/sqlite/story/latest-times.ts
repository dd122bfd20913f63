import type { EpochMs } from '@sojourn/protocol'
import { createRecentMap } from '../recent-map.ts'
import type { RecentMap } from '../recent-map.ts'

/** The times of a key's last two events; undefined where it has fewer. */
export interface LatestTimes {
  readonly last: EpochMs | undefined
  readonly previous: EpochMs | undefined
}

/** The last two of a key's events, of one source alone or of all. */
export interface KnownLatest {
  of(source: number, key: number): LatestTimes | undefined
  /** Undefined where a change leaves it unknown. */
  note(source: number, key: number, latest: LatestTimes | undefined): void
  forget(): void
}

/** Remembers so many keys of each source. */
export function createKnownLatest(most: number): KnownLatest {
  const bySource = new Map<number, RecentMap<number, LatestTimes | 'unknown'>>()
  return {
    of(source, key) {
      const known = bySource.get(source)?.get(key)
      return known === 'unknown' ? undefined : known
    },
    note(source, key, latest) {
      let known = bySource.get(source)
      if (!known) bySource.set(source, (known = createRecentMap(most)))
      known.set(key, latest ?? 'unknown')
    },
    forget: () => bySource.clear(),
  }
}

/** The last two of some times in order. */
export function latestOf(inOrder: readonly EpochMs[]): LatestTimes {
  return { last: inOrder.at(-1), previous: inOrder.at(-2) }
}
