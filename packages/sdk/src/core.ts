import { CORE_DEFAULTS } from './options.ts'
import { trackerFor } from './tracker-for.ts'
import type { CoreOptions, Tracker } from './tracker.ts'

export type { ConsentAnswer, CoreOptions, Properties, Session, TrackOptions, Tracker } from './tracker.ts'

/**
 * A tracker without the parts that record by themselves: for pages that say themselves what happens.
 * Returns the same tracker for the same write key. Throws an Error for wrong options; what it says is how to mend them.
 */
export function createTracker(options: CoreOptions): Tracker {
  return trackerFor(options, CORE_DEFAULTS, [])
}
