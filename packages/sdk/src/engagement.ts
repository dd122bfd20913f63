import type { Automatic, Place } from './part.ts'

/** Shorter attention is kept for the next time, in ms. */
const SHORTEST_MS = 1_000

/**
 * Records how long each page was visible and focused, as passive `engagement` events, when the page is left or the session changes.
 * A pause longer than the session's timeout was no attention: the machine slept.
 */
export const trackEngagement: Automatic = (core) => {
  let place: Place | undefined
  let since: number | undefined
  let engagedMs = 0

  const count = (): void => {
    const now = performance.now()
    if (since! >= 0) engagedMs += Math.min(now - since!, core._config.timeout)
    since = !document.hidden && document.hasFocus() ? now : undefined
  }

  const flush = (): void => {
    count()
    if (!place || engagedMs < SHORTEST_MS) return
    const properties = { engagedMs: Math.round(engagedMs) }
    engagedMs = 0
    core._record('engagement', { ...place, properties, passive: true })
  }

  core._recorded = (next) => {
    if (
      place &&
      (place._page.url !== next._page.url || place._stamp.session?.id !== next._stamp.session?.id)
    ) {
      flush()
      engagedMs = 0
    }
    place = next
  }
  core._listen('visibilitychange pagehide', flush)
  core._listen('focus blur', count)
  count()
}
