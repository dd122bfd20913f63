import type { EpochMs } from '@sojourn/protocol'
import { createOffset } from '../definition/local-day.ts'

const DAY_MS = 86_400_000

/** What a clock on the wall shows, as the epoch milliseconds at which a clock in UTC shows the same. */
export type WallMs = number

/** The clocks of a time zone. */
export interface WallClock {
  /** What the clock shows at a time. */
  wallAt(time: EpochMs): WallMs
  /**
   * When the clock shows this: the first time, where it is set back and shows it twice. Where it is set forward and never shows it, the time
   * at which it would have come, had the clock been left alone.
   */
  timeAt(wall: WallMs): EpochMs
}

/** The clocks of a zone such as `Europe/Paris`. Throws a RangeError for an unknown one. */
export function createWallClock(zone: string): WallClock {
  const offsetAt = createOffset(zone)
  const wallAt = (time: EpochMs) => time + offsetAt(time)
  return {
    wallAt,
    timeAt(wall) {
      // No zone is further than a day from UTC, and none changes its clocks twice within two days.
      const offsets = [offsetAt(wall - DAY_MS), offsetAt(wall + DAY_MS)]
      const early = wall - Math.max(...offsets)
      return wallAt(early) === wall ? early : wall - Math.min(...offsets)
    },
  }
}
