import { mergeSessions } from '../../../../session/merge-sessions.ts'
import { foldFact } from '../../../../session/fold-fact.ts'
import type { SessionBounds } from '../../../../session/session-bounds.ts'
import type { SessionState } from '../../../../session/session-state.ts'
import type { SqliteDatabase } from '../../open-database.ts'
import { packId } from '../../pack-id.ts'
import { readStatement } from '../../read-statement.ts'
import { decodeState } from '../../session-codec.ts'
import { sessionColumns } from '../../session-columns.ts'
import { addTerms, decodeTerms } from '../../session-terms.ts'
import type { StoreParts } from '../../store-parts.ts'
import type { FactsReader } from '../facts-reader.ts'

/** A session that was told, before it is written. */
export interface ToldSession {
  readonly row: number
  readonly id: string
  readonly identityRow: number
  readonly endsAt: number
  readonly isSettled: boolean
  readonly bounds: SessionBounds
}

/** An event of a session. `isMuted`: the definition calls it passive, and its sender did not. */
export interface Member {
  readonly row: number
  readonly isMuted: boolean
}

/** Writes the sessions of a story that is told anew. */
export interface SessionWriter {
  /** One that consists of whole sessions of `client`, whose rows these are: their states are taken over, and their events not read. */
  writeUnion(session: ToldSession, clientRows: readonly number[]): void
  /** Any other: its events are folded. */
  writeFolded(session: ToldSession, members: Iterable<Member>): void
}

/** Prepares the statements. The connection sees the facts as `facts`; the words and identities of the story are theirs, and more. */
export function createSessionWriter(
  db: SqliteDatabase,
  { parts, facts }: { parts: StoreParts; facts: FactsReader },
): SessionWriter {
  const copy = db.prepare(readStatement('./story/rebuild/copy-session.sql'))
  const select = db.prepare<[number], { state: string; terms: string }>(
    'select state, terms from facts.sessions where row = ?',
  )
  const selectEvents = db
    .prepare<[number], number>('select row from facts.events where session_row = ?')
    .pluck()
  const write = db.prepare(readStatement('./write-session.sql'))
  const settle = db.prepare<[number]>('update sessions set settled = 1 where row = ?')

  function writeWhole(
    { row, id, identityRow, bounds, isSettled }: ToldSession,
    state: SessionState,
    terms: Set<string>,
  ): void {
    const live = {
      row,
      id,
      identityRow,
      derived: true,
      state,
      terms,
      bounds,
      written: undefined,
      settled: undefined,
    }
    write.run(sessionColumns(live, state, parts))
    if (isSettled) settle.run(row)
  }

  /** The state of a session of `client`; a short one has none in its row. */
  function clientState(clientRow: number, text: string): SessionState {
    if (text !== '') return decodeState(text, parts.contexts)
    let state: SessionState | undefined
    for (const row of selectEvents.all(clientRow))
      state = foldFact(state, facts.read(row).fact, parts.rulebooks.score)
    return state!
  }

  return {
    writeUnion(session, clientRows) {
      const { row, id, identityRow, endsAt, isSettled, bounds } = session
      if (clientRows.length === 1)
        return void copy.run(
          row,
          packId(id),
          identityRow,
          identityRow,
          endsAt,
          JSON.stringify(bounds),
          Number(isSettled),
          clientRows[0],
        )
      const found = clientRows.map((clientRow) => select.get(clientRow)!)
      const states = clientRows.map((clientRow, i) => clientState(clientRow, found[i]!.state))
      writeWhole(
        session,
        states.reduce(mergeSessions),
        new Set(found.flatMap(({ terms }) => [...decodeTerms(terms)])),
      )
    },
    writeFolded(session, members) {
      const terms = new Set<string>()
      let state: SessionState | undefined
      for (const { row, isMuted } of members) {
        const { fact } = facts.read(row)
        state = foldFact(
          state,
          isMuted ? { ...fact, event: { ...fact.event, passive: true } } : fact,
          parts.rulebooks.score,
        )
        addTerms(terms, fact.event, parts.words)
      }
      writeWhole(session, state!, terms)
    },
  }
}
