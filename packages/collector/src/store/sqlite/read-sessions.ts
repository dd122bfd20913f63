import type { EpochMs, JsonObject, Lifecycle, SessionObject, SessionSegment } from '@sojourn/protocol'
import type Database from 'better-sqlite3'
import { buildSession } from '../../session/build-session.ts'
import type { SessionBounds } from '../../session/session-bounds.ts'
import { sourceRuns, toSegment } from '../../session/session-segments.ts'
import type { SessionState } from '../../session/session-state.ts'
import { durationSeconds, openingEvent } from '../../session/session-times.ts'
import type { Page, SessionsQuery } from '../store.ts'
import { encodeCursor } from './cursor.ts'
import { toKey } from './identities.ts'
import type { SqliteDatabase } from './open-database.ts'
import { packId, unpackId } from './pack-id.ts'
import type { PackedId } from './pack-id.ts'
import { createRecentMap } from './recent-map.ts'
import { selectSessions, sessionList } from './select-sessions.ts'
import type { Gathering } from './select-sessions.ts'
import { decodeState } from './session-codec.ts'
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
  readonly kind: number
  readonly identity: string
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
  const selectBody = db.prepare<[PackedId], string>('select body from events where id = ?').pluck()
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
    const state = decodeState(encoded, parts.contexts)
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
    const body = state.properties && selectBody.get(packId(state.properties.id))
    return body === undefined ? undefined : (JSON.parse(body) as { properties?: JsonObject }).properties
  }

  return {
    list(query) {
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
    },
    one(definition, id, now) {
      const found = definition === told ? selectOne.get(packId(id)) : undefined
      return found && toObject(found, now)
    },
    row: (definition, id) => (definition === told ? selectRow.get(packId(id)) : undefined),
  }
}
