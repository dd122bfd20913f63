import type { SessionObject } from '@sojourn/protocol'

/** A span of time, in epoch ms. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** A session on a time axis: where it begins and how wide it is, from 0 to 1. */
export interface LaneBar {
  readonly session: SessionObject
  readonly left: number
  readonly width: number
}

/** A little room on both sides, so that the first and the last session do not stand on the edge. */
const ROOM = 0.02
const SHORTEST_MS = 60_000

/** The axis for what happened from `fromMs` to `toMs`, never shorter than a minute. */
export function axisOf(fromMs: number, toMs: number): Span {
  const roomMs = Math.max((toMs - fromMs) * ROOM, SHORTEST_MS)
  return { fromMs: fromMs - roomMs, toMs: toMs + roomMs }
}

/** Where sessions stand on an axis; those outside of it are left out. */
export function laneBars(sessions: readonly SessionObject[], { fromMs, toMs }: Span): readonly LaneBar[] {
  const lengthMs = toMs - fromMs
  return sessions.flatMap((session) => {
    const startMs = Date.parse(session.metadata.time.insert)
    const endMs = startMs + session.metadata.time.duration * 1000
    if (endMs < fromMs || startMs > toMs) return []
    const left = Math.max(0, (startMs - fromMs) / lengthMs)
    return [{ session, left, width: Math.min(1, (endMs - fromMs) / lengthMs) - left }]
  })
}

const HOUR_MS = 3_600_000
const STEPS_MS = [1 / 60, 1 / 12, 0.25, 1, 3, 6, 12, 24, 48, 168, 336, 720, 1440, 4320, 8760].map(
  (hours) => hours * HOUR_MS,
)

/** Round times on an axis, at most `most`, and how far they are apart. `zoneMs` is what the viewer's clock is ahead of UTC. */
export function axisTimes(
  { fromMs, toMs }: Span,
  zoneMs: number,
  most = 6,
): { stepMs: number; times: readonly number[] } {
  const stepMs = STEPS_MS.find((step) => (toMs - fromMs) / step <= most) ?? (toMs - fromMs) / most
  const first = Math.ceil((fromMs + zoneMs) / stepMs) * stepMs - zoneMs
  const count = Math.max(0, Math.floor((toMs - first) / stepMs) + 1)
  return { stepMs, times: Array.from({ length: count }, (_, at) => first + at * stepMs) }
}
