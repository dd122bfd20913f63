import type { EventType, WireEvent } from '@sojourn/protocol'
import type { Fact } from '../../ingest/fact.ts'
import type { Key } from '../../session/derived-id.ts'
import type { StoredEvent } from '../store.ts'
import type { Contexts } from './contexts.ts'
import { unpackId } from './pack-id.ts'
import type { PackedId } from './pack-id.ts'
import { readStatement } from './read-statement.ts'
import type { Sources } from './sources.ts'
import type { StoreParts } from './store-parts.ts'

/** The number that stands for a type in the database. Never to be renumbered. */
export const TYPE_CODES: Readonly<Record<EventType, number>> = {
  page: 0,
  track: 1,
  identify: 2,
  engagement: 3,
}
const TYPES = Object.fromEntries(Object.entries(TYPE_CODES).map(([type, code]) => [code, type])) as Record<
  number,
  EventType
>

/** An event as `SELECT_EVENTS` selects it. */
export interface EventRow {
  readonly row: number
  readonly id: PackedId
  readonly time: number
  readonly received_at: number
  readonly clock_offset: number
  readonly source_row: number
  readonly context_row: number
  readonly type: number
  readonly passive: number
  readonly body: string
  readonly name: string
  readonly kind: number
  readonly identity: string
  /** Id of its session; null when it belongs to none. */
  readonly session_id: PackedId | null
}

/** Selects `EventRow`s; a condition on `e`, the event, follows. */
export const SELECT_EVENTS = readStatement('./select-events.sql')

/** What of the event is in no column. `time` is there when the sender's own differs from the fact's. */
type EventBody = Partial<WireEvent>

/** Whose history an event belongs to: its visitor's, or its user's when it names no visitor. */
export function keyOf({ visitorId, userId }: WireEvent): Key {
  return visitorId === undefined ? { kind: 'user', id: userId ?? '' } : { kind: 'visitor', id: visitorId }
}

/** The `body` of an event's row. */
export function encodeBody({ event, time }: Fact): string {
  const {
    id: _id,
    type: _type,
    name: _name,
    time: sentTime,
    visitorId: _visitor,
    passive: _passive,
    ...rest
  } = event
  const body: EventBody = sentTime === time ? rest : { ...rest, time: sentTime }
  return JSON.stringify(body)
}

/** The fact that was stored. */
export function decodeFact(row: EventRow, contexts: Contexts, sources: Pick<Sources, 'name'>): Fact {
  const body = JSON.parse(row.body) as EventBody
  const event: WireEvent = {
    ...body,
    id: unpackId(row.id),
    type: TYPES[row.type]!,
    name: row.name,
    time: body.time ?? row.time,
    passive: row.passive === 1,
    ...(row.kind === 0 ? { visitorId: row.identity } : {}),
  }
  return {
    event,
    sourceId: sources.name(row.source_row).id,
    time: row.time,
    receivedAt: row.received_at,
    clockOffsetMs: row.clock_offset,
    context: contexts.read(row.context_row),
  }
}

/** The stored event of a row. */
export function toStoredEvent(row: EventRow, { contexts, sources }: StoreParts): StoredEvent {
  const fact = decodeFact(row, contexts, sources)
  return row.session_id === null ? { fact } : { fact, sessionId: unpackId(row.session_id) }
}
