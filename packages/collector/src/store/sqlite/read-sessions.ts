import type { EpochMs, JsonObject, Lifecycle, SessionObject, SessionSegment } from '@sojourn/protocol'
import type Database from 'better-sqlite3'
import { buildSession } from '../../session/build-session.ts'
import type { SessionBounds } from '../../session/session-bounds.ts'
import { sourceRuns, toSegment } from '../../session/session-segments.ts'
import type { SessionState } from '../../session/session-state.ts'
import { durationSeconds, openingEvent } from '../../session/session-times.ts'
import { StoreDamaged } from '../store.ts'
import type { SessionsQuery } from '../queries.ts'
import type { Page } from '../store.ts'
import { encodeCursor } from './cursor.ts'
import { decodeFact, SELECT_EVENTS } from './event-row.ts'
import type { EventRow } from './event-row.ts'
import { toKey } from './identities.ts'
import type { SqliteDatabase } from './open-database.ts'
import { packId, unpackId } from './pack-id.ts'
import type { PackedId } from './pack-id.ts'
import { createRecentMap } from './recent-map.ts'
import { selectSessions, sessionList } from './select-sessions.ts'
import type { Gathering } from './select-sessions.ts'
import type { Driver } from './session-drivers.ts'
import type { StoreParts } from './store-parts.ts'
import type { Tuning } from './tuning.ts'

/** The definition that this store tells: the id that came with the event, and the 30-minute rule for events without one. */
export const CLIENT = 'client'

/** Session objects, read from one connection. */
export interface ReadSessions {
  list(query: SessionsQuery): Page<SessionObject>
  one(definition: string, id: string, now: EpochMs): SessionObject | undefined
  /** The row of a session, or undefined when there is none. */
  row(definition: string, id: string): number | undefined
}

/** A session as the statements here select it. `value` is what the list is sorted by. */
interface SessionRow {
  readonly row: number
  readonly id: PackedId
  readonly state: string
  readonly bounds: string | null
  readonly lifecycle: Lifecycle | null
  /** Null where the visitor or user that the session points to is damaged. */
  readonly kind: number | null
  readonly identity: string | null
  readonly value: number
}

const selectColumns = ({ lifecycle = 'null' }: StoreParts) =>
  `select s.row, s.id, s.state, s.bounds, ${lifecycle} as lifecycle, i.kind, i.id as identity`
const IDENTITY = `left join identities i on i.row = s.identity_row`
/** Lists are short of kinds: a filter or two, a sort, with a cursor or without. */
const REMEMBERED_STATEMENTS = 200

/** Prepares the statements. `told` is the definition that the connection's sessions are told by; under all others there are none. */
export function createReadSessions(
  db: SqliteDatabase,
  parts: StoreParts,
  tuning: Tuning,
  told: string = CLIENT,
): ReadSessions {
  const selectOne = db.prepare<[PackedId], SessionRow>(
    `${selectColumns(parts)}, 0 as value from sessions s ${IDENTITY} where s.id = ?`,
  )
  const selectRow = db.prepare<[PackedId], number>('select row from sessions where id = ?').pluck()
  // To a story's connection `events` are those in its sessions, which no index finds by their ids; those of the facts it knows as `facts`.
  const bodies = told === CLIENT ? 'events' : 'facts.events'
  const selectBody = db.prepare<[PackedId], string>(`select body from ${bodies} where id = ?`).pluck()
  // Stories read the body alone: they have read the whole event when they told it.
  const selectEvent =
    told === CLIENT ? db.prepare<[PackedId], EventRow>(`${SELECT_EVENTS} where e.id = ?`) : undefined
  const selectSources = db.prepare<[number], { time: number; source: number }>(
    'select time, source_row as source from events where session_row = ? and passive = 0 order by time, id',
  )
  const statements = createRecentMap<string, Database.Statement<[object]>>(REMEMBERED_STATEMENTS)

  function prepared<Row>(sql: string): Database.Statement<[object], Row> {
    const statement = statements.get(sql) ?? db.prepare<[object]>(sql)
    statements.set(sql, statement)
    return statement as Database.Statement<[object], Row>
  }

  function countUpTo({ from, countedFrom = from, where }: Driver, values: object, most: number): number {
    const sql = `select count(*) as found from (select 1 from ${countedFrom} where ${where} limit :most)`
    return prepared<{ found: number }>(sql).get({ ...values, most })!.found
  }

  const gathering: Gathering = { count: countUpTo, most: tuning.gatheredSessions }

  function toObject(
    { row, id, state: encoded, bounds, lifecycle, kind, identity }: SessionRow,
    now: EpochMs,
  ): SessionObject {
    const state = parts.states.decode(encoded, row)
    if (!state || kind === null || identity === null)
      throw new StoreDamaged(`What is stored of the session ${unpackId(id)} is not what was written.`)
    return buildSession(
      {
        id: unpackId(id),
        definition: told,
        key: toKey(kind, identity),
        state,
        source: parts.sources.find(openingEvent(state).sourceId),
        bounds: bounds === null ? undefined : (JSON.parse(bounds) as SessionBounds),
        lifecycle: lifecycle ?? undefined,
        segments: segments(row, state),
        properties: properties(state),
      },
      now,
    )
  }

  function segments(row: number, state: SessionState): readonly SessionSegment[] {
    const opening = openingEvent(state)
    if (state.sources.length > 1 && state.entry)
      return sourceRuns(selectSources.all(row)).map((run) =>
        toSegment({ ...run, source: parts.sources.name(run.source) }),
      )
    const source = parts.sources.find(opening.sourceId)
    const endAt = opening.time + durationSeconds(state) * 1000
    return [toSegment({ source, startAt: opening.time, endAt, events: state.events })]
  }

  function properties(state: SessionState): JsonObject | undefined {
    if (state.properties?.value) return state.properties.value
    const id = state.properties && packId(state.properties.id)
    const row = id && selectEvent?.get(id)
    if (row) return decodeFact(row, parts.contexts, parts.sources).event.properties
    const body = id && selectBody.get(id)
    return body === undefined ? undefined : (JSON.parse(body) as { properties?: JsonObject }).properties
  }

  // A session is found by its row and told of its events: both at one moment, whoever commits in between.
  const atOneMoment = <Args extends unknown[], Value>(read: (...args: Args) => Value) => db.transaction(read)

  return {
    list: atOneMoment((query: SessionsQuery) => {
      const select = query.definition === told ? selectSessions(query, parts, gathering) : undefined
      if (!select) return { rows: [], next: null }
      const order = query.descending ? 'f.value desc, f.row desc' : 'f.value, f.row'
      const found = prepared<SessionRow>(
        `${selectColumns(parts)}, f.value from (${select.sql}) f cross join sessions s on s.row = f.row ${IDENTITY} order by ${order}`,
      ).all(select.values)
      const rows = found.slice(0, query.limit)
      const last = rows.at(-1)
      const hasMore = found.length > rows.length && last !== undefined
      return {
        rows: rows.map((row) => toObject(row, query.now)),
        next: hasMore ? encodeCursor(sessionList(query), [last.value, last.row]) : null,
      }
    }),
    one: atOneMoment((definition: string, id: string, now: EpochMs) => {
      const found = definition === told ? selectOne.get(packId(id)) : undefined
      return found && toObject(found, now)
    }),
    row: (definition, id) => (definition === told ? selectRow.get(packId(id)) : undefined),
  }
}
