import { AUTOMATIC } from './automatic.ts'
import { startWithEverything } from './everything.ts'
import { DEFAULTS, readTexts } from './options.ts'
import { trackerFor } from './tracker-for.ts'
import type { Tracker, TrackerOptions } from './tracker.ts'

export type {
  ConsentAnswer,
  CoreOptions,
  Properties,
  Session,
  TrackOptions,
  Tracker,
  TrackerOptions,
} from './tracker.ts'

/**
 * The tracker of a write key: one for each key and page, however often it is asked for. On a server, one that does nothing.
 * Throws an Error for wrong options; what it says is how to mend them.
 */
export function createTracker(options: TrackerOptions): Tracker {
  return trackerFor(options, DEFAULTS, (config) => startWithEverything(config, AUTOMATIC), readTexts)
}
