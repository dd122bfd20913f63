import type { Fact } from '../../ingest/fact.ts'
import { foldFact } from '../../session/fold-fact.ts'
import type { Score } from '../../scoring/score.ts'
import type { SessionState } from '../../session/session-state.ts'
import { StoreDamaged } from '../store.ts'
import type { Contexts } from './contexts.ts'
import { decodeFact } from './event-row.ts'
import type { EventRow } from './event-row.ts'
import type { SqliteDatabase } from './open-database.ts'
import type { PackedId } from './pack-id.ts'
import { decodeState, encodeState, withScore } from './session-codec.ts'
import type { Sources } from './sources.ts'
import type { Words } from './words.ts'

/** How what was folded of a session's events is kept in the `state` column of its row. */
export interface SessionStates {
  /** The text of a session that may go on. */
  encode(state: SessionState): string
  /** The text of one that has probably ended, from which it is told without its events, however few they are. */
  encodeEnded(state: SessionState): string
  /**
   * The state of the session in a row that holds this text; undefined where none of its events is left. Throws `StoreDamaged` where the
   * text, or an event that it is folded of, is another than was written.
   */
  decode(text: string, row: number): SessionState | undefined
  /**
   * As `decode`, but leaves out what is damaged, and calls `onDamage`: who writes a session goes on, and who reads it is told. Where the
   * text is, the events are read.
   */
  recall(text: string, row: number, onDamage: (error: StoreDamaged) => void): SessionState | undefined
  /** The text with another score. Throws as `decode` does. */
  withScore(text: string, score: Score): string
}

/** The text of a state that is not kept. */
const FOLDED = ''

/** What of a session's row its score is. */
export interface ScoreRow {
  readonly rulebook: number
  readonly points: number
  readonly goals: string | null
}

/** What the events of a session have in common. */
type Head = ScoreRow & Pick<EventRow, 'kind' | 'identity'>

/** An event's columns, as a list: to make an object of so many, and another one of that, would take as long as to fold it. */
type Columns = readonly [
  row: number,
  id: PackedId,
  time: number,
  receivedAt: number,
  clockOffset: number,
  sourceRow: number,
  contextRow: number,
  type: number,
  nameRow: number,
  passive: number,
  body: string,
  checksum: number | null,
]

/**
 * Most sessions that go on have few events, and are folded of them again when somebody asks: a row without a state is a quarter as long, and
 * is written with each event. Of a session with more than `foldedEvents` the state is kept, so that none takes longer to read than so many.
 * The statements are prepared when they are first needed.
 */
export function createSessionStates(
  db: SqliteDatabase,
  parts: {
    readonly contexts: Contexts
    readonly sources: Pick<Sources, 'idOf'>
    readonly words: Pick<Words, 'read'>
  },
  foldedEvents: number,
): SessionStates {
  let statements: ReturnType<typeof prepare> | undefined

  function prepare() {
    return {
      head: db.prepare<[number], Head>(
        'select rulebook, points, goals, i.kind, i.id as identity from sessions s left join identities i on i.row = s.identity_row where s.row = ?',
      ),
      // Without the joins of SELECT_EVENTS: all of a session's events have one identity, and a few names.
      events: db
        .prepare<[number]>(
          'select row, id, time, received_at, clock_offset, source_row, context_row, type, name_row, passive, body, checksum from events where session_row = ?',
        )
        .raw(),
    }
  }

  function decode(columns: Columns, { kind, identity }: Head): Fact {
    const [
      row,
      id,
      time,
      receivedAt,
      clockOffset,
      sourceRow,
      contextRow,
      type,
      nameRow,
      passive,
      body,
      checksum,
    ] = columns
    const event = {
      row,
      id,
      time,
      received_at: receivedAt,
      clock_offset: clockOffset,
      source_row: sourceRow,
      context_row: contextRow,
      type,
      passive,
      body,
      checksum,
      name: parts.words.read(nameRow) ?? null,
      kind,
      identity,
      session_id: null,
    }
    return decodeFact(event, parts.contexts, parts.sources)
  }

  function fold(row: number, onDamage: (error: StoreDamaged) => void): SessionState | undefined {
    statements ??= prepare()
    const head = statements.head.get(row)
    if (!head) return undefined
    let state: SessionState | undefined
    for (const event of statements.events.all(row) as unknown as readonly Columns[])
      try {
        state = foldFact(state, decode(event, head))
      } catch (error) {
        if (!(error instanceof StoreDamaged)) throw error
        onDamage(error)
      }
    return state && { ...state, score: toScore(head) }
  }

  return {
    encode: (state) =>
      state.events + state.passive > foldedEvents ? encodeState(state, parts.contexts) : FOLDED,
    encodeEnded: (state) => encodeState(state, parts.contexts),
    decode: (text, row) => (text === FOLDED ? fold(row, fail) : decodeState(text, parts.contexts)),
    recall(text, row, onDamage) {
      if (text === FOLDED) return fold(row, onDamage)
      try {
        return decodeState(text, parts.contexts)
      } catch (error) {
        if (!(error instanceof StoreDamaged)) throw error
        onDamage(error)
        return fold(row, onDamage)
      }
    },
    withScore: (text, score) => (text === FOLDED ? FOLDED : withScore(text, score)),
  }
}

function fail(error: StoreDamaged): never {
  throw error
}

/** A session's score, as the columns of its row hold it. */
export function toScore({ rulebook, points, goals }: ScoreRow): Score {
  return { rulebook, points, goals: goals === null ? [] : (JSON.parse(goals) as string[]) }
}
