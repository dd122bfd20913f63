import type { Place } from './recorder.ts'
import type { Part } from './start-tracker.ts'

/** Shorter attention is kept for the next time, in ms. */
const SHORTEST_MS = 1_000

/**
 * Records how long each page was visible and focused, as passive `engagement` events, when the page is left or the session changes.
 * A pause longer than the session's timeout was no attention: the machine slept.
 */
export const trackEngagement: Part = ({ config, env, record, listen, enter, leaving, recorded }) => {
  let place: Place | undefined
  let since = 0
  let engagedMs = 0

  function count(): void {
    const now = env.now()
    if (since) engagedMs += Math.min(Math.max(0, now - since), config.timeout)
    since = document.visibilityState === 'visible' && document.hasFocus() ? now : 0
  }

  function flush(): void {
    count()
    if (!place || engagedMs < SHORTEST_MS) return
    const details = { ...place, properties: { engagedMs }, passive: true }
    engagedMs = 0
    enter(({ time }) => record('engagement', '', { ...details, time }))
  }

  recorded.push((next) => {
    if (place?.page.url !== next.page.url || place?.stamp.session?.id !== next.stamp.session?.id) {
      flush()
      engagedMs = 0
    }
    place = next
  })
  leaving.push(flush)
  for (const type of ['focus', 'blur']) listen(window, type, count)
  listen(document, 'visibilitychange', count)
  count()
}
