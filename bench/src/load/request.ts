import type { BatchContext, WireEvent } from '@sojourn/protocol'

/** A request in the bytes that go over the wire. */
export interface PreparedRequest {
  readonly bytes: Buffer
  /** Where the 13 digits of `sentAt` stand. */
  readonly sentAtOffset: number
  readonly events: number
  /** How many of the events are sent for the first time. */
  readonly fresh: number
}

/** Stands for the time of sending until `stampSentAt`; as long as every epoch in ms from 2001 to 2286. */
const NO_TIME = 1_000_000_000_000

/** Serialises `POST /v1/events`, so that sending it costs a copy to the socket and nothing else. */
export function prepareRequest(
  writeKey: string,
  context: BatchContext,
  events: readonly WireEvent[],
  fresh: number,
): PreparedRequest {
  const body = JSON.stringify({ writeKey, sentAt: NO_TIME, context, events })
  const bodyBytes = Buffer.byteLength(body)
  const head = `POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: ${bodyBytes}\r\n\r\n`
  const sentAtOffset = head.length + Buffer.byteLength(`{"writeKey":${JSON.stringify(writeKey)},"sentAt":`)
  return { bytes: Buffer.from(head + body), sentAtOffset, events: events.length, fresh }
}

/** Sets `sentAt` to the clock's time, in the bytes. */
export function stampSentAt(request: PreparedRequest, now: number): void {
  request.bytes.write(String(now), request.sentAtOffset, 13, 'latin1')
}
