import type { EpochMs } from '@sojourn/protocol'

/** When a batch was sent, by the sender's clock, and received, by ours. */
export interface BatchClocks {
  readonly sentAt: EpochMs
  readonly receivedAt: EpochMs
  /** What the sender's clock is off by where it is plainly wrong (`clockOffset` of @sojourn/protocol); else 0. */
  readonly clockOffsetMs: number
}

/**
 * When an event happened, on the collector's clock: the sender's time plus its clock's offset, so that the order of a batch and the pauses in
 * it stay as they were. An event later than its own `sentAt` counts at the time it was received: the sender's clock was set back in between.
 */
export function correctTime(time: EpochMs, clocks: BatchClocks): EpochMs {
  return time > clocks.sentAt ? clocks.receivedAt : time + clocks.clockOffsetMs
}
