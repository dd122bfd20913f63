import type { Tracker } from './tracker.ts'

/** A tracker that does nothing, for code that runs on a server as well. */
export function idleTracker(): Tracker {
  const nothing = () => {}
  return {
    page: nothing,
    track: nothing,
    identify: nothing,
    reset: nothing,
    session: () => undefined,
    startSession: nothing,
    endSession: nothing,
    onSession: () => nothing,
    setConsent: nothing,
    flush: async () => {},
    stop: nothing,
  }
}
