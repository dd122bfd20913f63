import { parseOptions } from './options.ts'
import { startTracker } from './start-tracker.ts'
import type { Part } from './part.ts'
import type { Tracker } from './tracker.ts'

/** The trackers of this page by write key. Global, so that a second copy of this module, or a re-evaluated one, finds them. */
const registry = globalThis as { sojournTrackers?: Record<string, Tracker> }

/**
 * The tracker of a write key: one for each key and page, however often it is asked for. On a server, one that does nothing.
 * Throws an Error for wrong options; what it says is how to mend them.
 */
export const trackerFor = (
  options: unknown,
  defaults: Readonly<Record<string, unknown>>,
  parts: readonly Part[],
): Tracker => {
  const config = parseOptions(options, defaults)
  return ((registry.sojournTrackers ??= {})[config.writeKey] ??= startTracker(config, parts))
}
