import type { BatchContext, EpochMs, Geo, WireEvent } from '@sojourn/protocol'

/**
 * What holds for all events of one request: the sender's context as it came, and what only the collector can see.
 * It is kept as a fact, because the address (cut or dropped, see `SOJOURN_IP`) and with it the place cannot be found again later.
 * Device, os and app are not in it: `describeDevice` derives them from `sender` whenever they are needed.
 */
export interface FactContext {
  readonly sender: BatchContext
  /** As `SOJOURN_IP` allows it: with the last part zeroed, whole, or absent. */
  readonly ip?: string
  readonly geo?: Geo
}

/** An accepted event with all that the collector adds to it. Immutable; stored exactly once. */
export interface Fact {
  /** As it was sent, with the sender's own `time`. */
  readonly event: WireEvent
  readonly sourceId: string
  /** When it happened, on the collector's clock: the sender's time, corrected as design section 4 says. Sessions are told by it. */
  readonly time: EpochMs
  readonly receivedAt: EpochMs
  /** What was added to the sender's time because its clock was plainly wrong; 0 for the others. */
  readonly clockOffsetMs: number
  /** The same object for all facts of one request, so that a store can keep it once. */
  readonly context: FactContext
}
