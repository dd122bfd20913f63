import type { EpochMs, EventType, WireEvent } from '@sojourn/protocol'
import type { Fact } from '../../ingest/fact.ts'
import type { Key } from '../../session/derived-id.ts'
import type { StoredEvent } from '../store.ts'
import type { Contexts } from './contexts.ts'
import { StoreDamaged } from '../store.ts'
import { eventChecksum } from './checksum.ts'
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

/** The type that a number stands for. */
export function decodeType(code: number): EventType {
  return TYPES[code]!
}

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
  /** Null where it was stored before there were checksums. */
  readonly checksum: number | null
  /** Null where what it points to is damaged, as with `kind` and `identity`. */
  readonly name: string | null
  readonly kind: number | null
  readonly identity: string | null
  /** Id of its session; null when it belongs to none. */
  readonly session_id: PackedId | null
}

/** Selects `EventRow`s; a condition on `e`, the event, follows. */
export const SELECT_EVENTS = readStatement('./select-events.sql')

/** What of the event is in no column. `time` is there when the sender's own differs from the fact's. */
type EventBody = Omit<WireEvent, 'id' | 'type' | 'name' | 'visitorId' | 'passive' | 'time'> & {
  readonly time?: EpochMs
}

/** Whose history an event belongs to: its visitor's, or its user's when it names no visitor. */
export function keyOf({ visitorId, userId }: WireEvent): Key {
  return visitorId === undefined ? { kind: 'user', id: userId ?? '' } : { kind: 'visitor', id: visitorId }
}

/** A fact, with its `body` where that has been encoded already. */
export interface StorableFact extends Fact {
  readonly body?: string
}

/** The `body` of an event's row. A user stands first in it: rebuilds look for it there (`story/rebuild/owners.ts`). */
export function encodeBody({ event, time, body: encoded }: StorableFact): string {
  if (encoded !== undefined) return encoded
  const { userId, session, page, campaign, tab, seq, tags, properties, traits } = event
  // Field by field, which is several times as fast as leaving some out. JSON leaves out what is undefined.
  return JSON.stringify({
    userId,
    session,
    page,
    campaign,
    tab,
    seq,
    tags,
    properties,
    traits,
    time: event.time === time ? undefined : event.time,
  } satisfies Record<keyof EventBody, unknown>)
}

/** What of an event is in columns of its own. */
export type EventColumns = readonly [
  id: string,
  type: EventType,
  name: string,
  passive: boolean,
  visitorId: string | undefined,
]

/** The event whose body was encoded. `time` is the fact's. */
export function decodeEvent(
  [id, type, name, passive, visitorId]: EventColumns,
  time: EpochMs,
  encoded: string,
): WireEvent {
  const event = JSON.parse(encoded) as { -readonly [Field in keyof WireEvent]: WireEvent[Field] }
  event.time ??= time
  event.id = id
  event.type = type
  event.name = name
  event.passive = passive
  if (visitorId !== undefined) event.visitorId = visitorId
  return event
}

/** The fact that was stored. Throws `StoreDamaged` where the row holds something else. */
export function decodeFact(row: EventRow, contexts: Contexts, sources: Pick<Sources, 'idOf'>): Fact {
  const { name, identity } = row
  const id = unpackId(row.id)
  if (name === null || identity === null || !isIntact(id, row))
    throw new StoreDamaged(`What is stored of the event ${id} is not what was written.`)
  const visitorId = row.kind === 0 ? identity : undefined
  return {
    event: decodeEvent([id, TYPES[row.type]!, name, row.passive === 1, visitorId], row.time, row.body),
    sourceId: sources.idOf(row.source_row),
    time: row.time,
    receivedAt: row.received_at,
    clockOffsetMs: row.clock_offset,
    context: contexts.read(row.context_row),
  }
}

function isIntact(id: string, row: EventRow): boolean {
  if (row.checksum === null) return true
  const { time, name, identity, body, checksum } = row
  const found = eventChecksum({
    id,
    time,
    receivedAt: row.received_at,
    clockOffsetMs: row.clock_offset,
    sourceRow: row.source_row,
    contextRow: row.context_row,
    type: TYPES[row.type],
    name,
    passive: row.passive === 1,
    identity,
    body,
  })
  return found === checksum
}

/** The stored event of a row. */
export function toStoredEvent(row: EventRow, { contexts, sources }: StoreParts): StoredEvent {
  const fact = decodeFact(row, contexts, sources)
  return row.session_id === null ? { fact } : { fact, sessionId: unpackId(row.session_id) }
}
