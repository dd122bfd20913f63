/** Events that wait to be committed. */
export interface WaitingLine {
  /** True when a source may not enter now: its requests need not even be parsed. */
  isShut(sourceId: string): boolean
  /** Enters with this many events of a source. Returns how to leave again, when they are committed; undefined where waiting would take too long. */
  enter(sourceId: string, events: number): (() => void) | undefined
}

/** When a line is too long. */
export interface LineRule {
  /** No more events than this wait, and half of it for one source. */
  readonly maxEvents: number
  /** So few may wait for any time: the disk may just be slow for a moment. */
  readonly easyEvents: number
  /** Above them, nobody enters who would wait for longer than this, in ms. */
  readonly maxWaitMs: number
}

/** What a commit of one event takes until it was measured, in ms. */
const FIRST_GUESS_MS = 0.05
/** The rate is that of the last events only: beyond this time, what was counted before counts half. */
const RATE_MS = 1_000

/**
 * An empty line. It bounds how long an accepted request waits, by how fast events left the line lately and how long the first one has waited.
 * While it is too long, sources that have less than half of an even share in it may still enter: a noisy one shuts out only itself.
 */
export function createWaitingLine(rule: LineRule, clock: () => number): WaitingLine {
  let waiting = 0
  const since = new Map<object, number>()
  const bySource = new Map<string, number>()
  /** Since when the line has been busy with whoever leaves next. */
  let busySince = 0
  let busyMs = 0
  let left = 0

  function isTooLong(events: number): boolean {
    const all = waiting + events
    if (all <= rule.easyEvents) return false
    const [first = Infinity] = since.values()
    const msPerEvent = left > 0 ? busyMs / left : FIRST_GUESS_MS
    return all > rule.maxEvents / 2 || all * msPerEvent > rule.maxWaitMs || clock() - first >= rule.maxWaitMs
  }

  function hasHadShare(sourceId: string): boolean {
    const theirs = bySource.get(sourceId) ?? 0
    return theirs > 0 && theirs >= waiting / bySource.size / 2
  }

  const shuts = (sourceId: string, events: number) =>
    waiting + events > rule.maxEvents || (isTooLong(events) && hasHadShare(sourceId))

  function measure(events: number): void {
    const now = clock()
    busyMs += now - busySince
    left += events
    busySince = now
    if (busyMs > RATE_MS) {
      busyMs /= 2
      left /= 2
    }
  }

  return {
    isShut: (sourceId) => shuts(sourceId, 1),
    enter(sourceId, events) {
      if (shuts(sourceId, events)) return undefined
      const place = {}
      if (waiting === 0) busySince = clock()
      waiting += events
      since.set(place, clock())
      bySource.set(sourceId, (bySource.get(sourceId) ?? 0) + events)
      return () => {
        if (!since.delete(place)) return
        waiting -= events
        const rest = (bySource.get(sourceId) ?? 0) - events
        if (rest > 0) bySource.set(sourceId, rest)
        else bySource.delete(sourceId)
        measure(events)
      }
    },
  }
}
