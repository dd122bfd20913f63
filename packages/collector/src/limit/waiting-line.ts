/** Events that wait to be committed. */
export interface WaitingLine {
  /** True when no one may enter any more: a request need not even be read. */
  isFull(): boolean
  /** Enters with this many events of a source. Returns how to leave again; undefined where waiting would take too long. */
  enter(sourceId: string, events: number): (() => void) | undefined
}

/** When a line is too long. */
export interface LineRule {
  /** No more events than this wait. */
  readonly maxEvents: number
  /** So few may wait for any time: the disk may just be slow for a moment. */
  readonly easyEvents: number
  /** Above them, nobody enters while the first in line has waited for this long, in ms: who enters now would wait as long. */
  readonly maxWaitMs: number
}

/**
 * An empty line. It bounds how long an accepted request waits, however fast the disk is, by looking at how long the first one has waited.
 * While it is too long, sources that have less than half of an even share in it may still enter: a noisy one shuts out only itself.
 */
export function createWaitingLine(rule: LineRule, clock: () => number): WaitingLine {
  let waiting = 0
  const since = new Map<object, number>()
  const bySource = new Map<string, number>()

  function isTooLong(events: number): boolean {
    if (waiting + events <= rule.easyEvents) return false
    const [first] = since.values()
    return waiting + events > rule.maxEvents / 2 || (first !== undefined && clock() - first >= rule.maxWaitMs)
  }

  function hasHadShare(sourceId: string): boolean {
    const theirs = bySource.get(sourceId) ?? 0
    return theirs > 0 && theirs >= waiting / bySource.size / 2
  }

  return {
    isFull: () => waiting >= rule.maxEvents,
    enter(sourceId, events) {
      if (waiting + events > rule.maxEvents) return undefined
      if (isTooLong(events) && hasHadShare(sourceId)) return undefined
      const place = {}
      waiting += events
      since.set(place, clock())
      bySource.set(sourceId, (bySource.get(sourceId) ?? 0) + events)
      return () => {
        if (!since.delete(place)) return
        waiting -= events
        const left = (bySource.get(sourceId) ?? 0) - events
        if (left > 0) bySource.set(sourceId, left)
        else bySource.delete(sourceId)
      }
    },
  }
}
