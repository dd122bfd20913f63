import { MAX_FUTURE_MS, parseBatch } from '@sojourn/protocol'
import type { BatchContext, EpochMs, WireEvent } from '@sojourn/protocol'
import type { ImportedLine } from './imported-line.ts'

type UnknownRecord = Readonly<Record<string, unknown>>

/** A line's JSON object, or what to answer where there is none. */
export function parseJsonLine(
  line: string,
): { readonly value: UnknownRecord } | { readonly answer: ImportedLine } {
  if (line.trim() === '') return { answer: { outcome: 'skipped', reason: 'empty' } }
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { answer: { outcome: 'bad', reason: 'not_json', message: 'The line is no JSON.' } }
  }
  if (isObject(value)) return { value }
  return { answer: { outcome: 'bad', reason: 'not_an_object', message: 'The line must be a JSON object.' } }
}

/** The sender's own value under `key`; undefined where it is absent, inherited or null. */
export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? undefined) : undefined
}

/** The text under `key`, or undefined. */
export function ownText(value: unknown, key: string): string | undefined {
  const found = own(value, key)
  return typeof found === 'string' ? found : undefined
}

/** The finite number under `key`, or undefined. */
export function ownNumber(value: unknown, key: string): number | undefined {
  const found = own(value, key)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

/** Judges an event and its context as ingest does, so that a file can bring nothing in that a request could not. */
export function judge(
  event: unknown,
  context: unknown,
  sentAt: EpochMs,
): { readonly event: WireEvent; readonly sender: BatchContext } | { readonly answer: ImportedLine } {
  const batch = parseBatch({ writeKey: 'import', sentAt, context, events: [event] }, { receivedAt: sentAt })
  if (!batch.ok) throw new Error(`an envelope of our own was refused: ${batch.problem}`)
  const [refused] = batch.rejected
  if (refused) return { answer: { outcome: 'bad', reason: refused.reason, message: refused.message } }
  return { event: batch.events[0]!.event, sender: batch.context }
}

/** The answer for a time that no event can have. */
export function badTime(now: EpochMs): ImportedLine {
  const latest = new Date(now + MAX_FUTURE_MS).toISOString()
  return { outcome: 'bad', reason: 'bad_time', message: `The time must be from the year 2000 to ${latest}.` }
}

function isObject(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
