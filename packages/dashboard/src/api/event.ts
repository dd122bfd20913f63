import type { BatchContext, WireEvent } from '@sojourn/protocol'

/** A stored event as the read API answers it; see docs/read-api.md. Times are epoch ms. */
export interface StoredEvent extends WireEvent {
  /** Its session under the `client` definition; absent for a passive event that belongs to none. */
  readonly sessionId?: string
  /** `time` on the collector's clock; sessions are told by it. */
  readonly correctedTime: number
  readonly receivedAt: number
  readonly clockOffsetMs: number
  /** Name and type are absent once the source is removed. */
  readonly source: { readonly id: string; readonly name?: string; readonly type?: string }
  readonly context?: BatchContext & { readonly ip?: string }
}

/** The answer of `GET /v1/events` (newest first) and of `GET /v1/sessions/:id/events` (oldest first). */
export interface EventsPage {
  readonly events: readonly StoredEvent[]
  readonly next: string | null
}
