import type { BatchContext, WireEvent } from './event.ts'
import { CLOCK_TOLERANCE_MS, MAX_BATCH_EVENTS, MAX_EVENT_BYTES } from './limits.ts'
import type { EpochMs } from './limits.ts'
import { parseContext } from './parse-context.ts'
import { isId, parseEvent } from './parse-event.ts'
import { field, isRecord } from './parse-fields.ts'
import type { RejectReason, Rejection } from './reject-reason.ts'
import { utf8Length } from './utf8-length.ts'

/** A batch whose envelope is right. Each event of it is either in `events` or in `rejected`, under its index. */
export interface ParsedBatch {
  readonly ok: true
  readonly writeKey: string
  readonly sentAt: EpochMs
  /** What is to be added to the sender's times: see `clockOffset`. */
  readonly clockOffsetMs: number
  readonly context: BatchContext
  readonly events: readonly { readonly index: number; readonly event: WireEvent }[]
  readonly rejected: readonly Rejection[]
}

/** Something that is no batch at all; `problem` is one sentence that says what to mend. */
export interface BatchProblem {
  readonly ok: false
  readonly problem: string
}

/** What the receiver knows of the request. */
export interface Receipt {
  readonly receivedAt: EpochMs
  /** Size of the body. A body under the limit of one event needs no event measured. */
  readonly bodyBytes?: number
}

/**
 * A batch from an untrusted value, such as `JSON.parse` returns. One bad event never costs its neighbours; only a wrong envelope
 * (`writeKey`, `sentAt`, `events`) does. Unknown fields are left out. Never throws on JSON values, of any depth.
 */
export function parseBatch(value: unknown, receipt: Receipt): ParsedBatch | BatchProblem {
  if (!isRecord(value)) return problem('The body must be a JSON object: a batch of events.')
  const writeKey = field(value, 'writeKey')
  if (!isId(writeKey)) return problem('writeKey must be the write key of a source.')
  const sentAt = field(value, 'sentAt')
  if (typeof sentAt !== 'number' || !Number.isFinite(sentAt))
    return problem("sentAt must be epoch milliseconds, on the sender's clock.")
  const list = field(value, 'events')
  if (!Array.isArray(list)) return problem('events must be a list.')
  if (list.length > MAX_BATCH_EVENTS)
    return problem(`events can hold at most ${MAX_BATCH_EVENTS} events a batch.`)

  const clockOffsetMs = clockOffset(sentAt, receipt.receivedAt)
  const mayBeLarge = (receipt.bodyBytes ?? Infinity) > MAX_EVENT_BYTES
  const events: { index: number; event: WireEvent }[] = []
  const rejected: Rejection[] = []
  list.forEach((item: unknown, index) => {
    const parsed = parseEvent(item, { sentAt, clockOffsetMs })
    if (!parsed.ok) rejected.push(reject(item, index, parsed))
    else if (mayBeLarge && !fits(item)) rejected.push(reject(item, index, TOO_LARGE))
    else events.push({ index, event: parsed.event })
  })
  return {
    ok: true,
    writeKey,
    sentAt,
    clockOffsetMs,
    context: parseContext(field(value, 'context')),
    events,
    rejected,
  }
}

/** What a plainly wrong sender's clock is off by, in ms: `receivedAt - sentAt` beyond ±60 s. 0 below that: the difference is delivery. */
export function clockOffset(sentAt: EpochMs, receivedAt: EpochMs): number {
  const difference = receivedAt - sentAt
  return Math.abs(difference) > CLOCK_TOLERANCE_MS ? Math.round(difference) : 0
}

const TOO_LARGE = {
  reason: 'too_large',
  message: `An event can have at most ${MAX_EVENT_BYTES / 1024} KiB as JSON.`,
} as const

/** True when the event, unknown fields and all, is within the limit. */
function fits(item: unknown): boolean {
  try {
    return utf8Length(JSON.stringify(item)) <= MAX_EVENT_BYTES
  } catch {
    // Unknown fields may nest so deep that writing them overflows the stack; that takes more than 32 KiB of brackets or is hostile.
    return false
  }
}

function reject(
  item: unknown,
  index: number,
  why: { readonly reason: RejectReason; readonly message: string },
): Rejection {
  const id = isRecord(item) ? field(item, 'id') : undefined
  const { reason, message } = why
  return isId(id) ? { index, id, reason, message } : { index, reason, message }
}

function problem(sentence: string): BatchProblem {
  return { ok: false, problem: sentence }
}
