import type { StoredEvent } from '../api/event.ts'

/** A pause shorter than this is not worth a line of its own, in ms. */
export const SHORTEST_SHOWN_GAP_MS = 30_000

/** An event and what lay between it and the one before. */
export interface TimelineEntry {
  readonly event: StoredEvent
  /** Since the first event of the list. */
  readonly offsetMs: number
  /** Since the non-passive event before; 0 for the first, and for passive ones, which are no activity. */
  readonly gapMs: number
  /** Where it stands between the first event (0) and the last (1); 0.5 where all are at once. */
  readonly at: number
}

/** Events, oldest first, with their places on one scale. */
export function timelineOf(events: readonly StoredEvent[]): readonly TimelineEntry[] {
  const first = events[0]?.correctedTime ?? 0
  const spanMs = (events.at(-1)?.correctedTime ?? first) - first
  let lastActive: number | undefined
  return events.map((event) => {
    const time = event.correctedTime
    const gapMs = event.passive || lastActive === undefined ? 0 : time - lastActive
    if (!event.passive) lastActive = time
    return { event, offsetMs: time - first, gapMs, at: spanMs > 0 ? (time - first) / spanMs : 0.5 }
  })
}

const STEPS_MS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800,
].map((seconds) => seconds * 1000)

/** Round offsets for an axis over a span, from 0 on: at most `most` of them, in ms. */
export function axisTicks(spanMs: number, most = 6): readonly number[] {
  if (spanMs <= 0) return [0]
  const step = STEPS_MS.find((candidate) => spanMs / candidate <= most) ?? Math.ceil(spanMs / most)
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step)
}
