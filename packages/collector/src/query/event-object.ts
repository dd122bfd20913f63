import type { BatchContext, EpochMs, Geo, WireEvent } from '@sojourn/protocol'
import type { SourceDirectory } from '../ingest/source-directory.ts'
import type { StoredEvent } from '../store/store.ts'

/** A stored event as the read API answers it: the event as it was sent, and what the collector added to it. docs/read-api.md describes it. */
export interface EventObject extends WireEvent {
  /** Its session under the `client` definition; absent for a passive event that belongs to none. */
  readonly sessionId?: string
  /** `time` on the collector's clock; sessions are told by it. */
  readonly correctedTime: EpochMs
  readonly receivedAt: EpochMs
  readonly clockOffsetMs: number
  /** Name and type are absent once the source is removed. */
  readonly source: { readonly id: string; readonly name?: string; readonly type?: string }
  readonly context: BatchContext & { readonly ip?: string; readonly geo?: Geo }
}

/** Builds the answer for one event. */
export function eventObject({ fact, sessionId }: StoredEvent, sources: SourceDirectory): EventObject {
  const { event, sourceId, time, receivedAt, clockOffsetMs, context } = fact
  const { sender, ...seen } = context
  const source = sources.byId(sourceId)
  return {
    ...event,
    ...(sessionId !== undefined && { sessionId }),
    correctedTime: time,
    receivedAt,
    clockOffsetMs,
    source: source ? { id: source.id, name: source.name, type: source.type } : { id: sourceId },
    context: { ...sender, ...seen },
  }
}
