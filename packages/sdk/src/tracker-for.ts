import { parseOptions } from './options.ts'
import type { Config } from './options.ts'
import type { Tracker } from './tracker.ts'

/** The trackers of this page by write key. Global, so that a second copy of this module, or a re-evaluated one, finds them. */
declare global {
  var sojournTrackers: Record<string, Tracker> | undefined
}

/**
 * The tracker of a write key: one for each key and page, however often it is asked for. On a server, one that does nothing.
 * Throws an Error for wrong options; what it says is how to mend them.
 */
export const trackerFor = (
  options: unknown,
  defaults: Readonly<Record<string, unknown>>,
  start: (config: Config) => Tracker,
  readings?: (value: string) => readonly unknown[],
): Tracker => {
  const config = parseOptions(options, defaults, readings)
  return ((globalThis.sojournTrackers ??= {})[config.writeKey] ??= start(config))
}
