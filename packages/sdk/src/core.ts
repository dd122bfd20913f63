import { CORE_DEFAULTS } from './options.ts'
import type { PartOfTracker, Seams } from './part.ts'
import { createStarter } from './start-tracker.ts'
import { trackerFor } from './tracker-for.ts'
import type { AnyPart, CoreTracker, TrackerOptions } from './tracker.ts'

export {
  campaigns,
  consent,
  cookieRenewal,
  debug,
  device,
  elements,
  endOnClose,
  engagement,
  links,
  manualSessions,
  olderBrowsers,
  privacySignals,
  referrers,
  routes,
  sessionListeners,
  users,
} from './core-parts.ts'
export type {
  AnyPart,
  ConsentAnswer,
  CoreOptions,
  CoreTracker,
  Part,
  Properties,
  Session,
  TrackOptions,
  Tracker,
  TrackerOptions,
} from './tracker.ts'

/**
 * A tracker of these parts alone, for pages that count each byte. Returns the same tracker for the same write key.
 * Throws an Error for wrong options, and for those whose part is not given; what it says is how to mend them.
 */
export function createTracker<const Parts extends readonly AnyPart[] = []>(
  options: TrackerOptions,
  parts?: Parts,
): CoreTracker<Parts> {
  const given = (parts ?? []) as readonly PartOfTracker[]
  const defaults = Object.assign({}, CORE_DEFAULTS, ...given.map(({ _options }) => _options)) as object
  for (const name in options) if (!(name in defaults)) throw new Error(`Sojourn: ${name} needs its part`)
  const start = createStarter(Object.assign({}, ...given) as Seams)
  return trackerFor(options, defaults as Readonly<Record<string, unknown>>, (config) =>
    start(
      config,
      // Of a part that starts nothing, nothing is called: what fails to start is passed over.
      given.map(({ _start }) => _start!),
    ),
  )
}
