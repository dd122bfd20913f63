import { foldFact } from '../../../../session/fold-fact.ts'
import type { SessionBounds } from '../../../../session/session-bounds.ts'
import type { SessionState } from '../../../../session/session-state.ts'
import type { SqliteDatabase } from '../../open-database.ts'
import { packId } from '../../pack-id.ts'
import { readStatement } from '../../read-statement.ts'
import { sessionColumns } from '../../session-columns.ts'
import { addTerms } from '../../session-terms.ts'
import type { StoreParts } from '../../store-parts.ts'
import type { FactsReader } from '../facts-reader.ts'
import { unionColumns } from './union-columns.ts'
import type { FoundBy } from './union-columns.ts'

/** A session that was told, before it is written. */
export interface ToldSession {
  readonly row: number
  readonly id: string
  readonly identityRow: number
  /** Epoch ms of its last non-passive event. */
  readonly lastTime: number
  readonly endsAt: number
  readonly isSettled: boolean
  readonly bounds: SessionBounds
}

/** An event of a session. `isMuted`: the definition calls it passive, and its sender did not. */
export interface Member {
  readonly row: number
  readonly isMuted: boolean
}

/** Sessions of `client`, by their rows, as `Union` has them. */
export interface WholeSessions {
  readonly rows: readonly number[]
  readonly opening: number
  readonly closing: number
  readonly isInTurn: boolean
}

/** Writes the sessions of a story that is told anew. */
export interface SessionWriter {
  /**
   * One that consists of whole sessions of `client`: what their rows say is taken over, and their events are not read. False, and nothing
   * is written, where only the events can say it.
   */
  writeUnion(session: ToldSession, whole: WholeSessions): boolean
  /** Any other: its events are folded. */
  writeFolded(session: ToldSession, members: Iterable<Member>): void
}

/** Prepares the statements. The connection sees the facts as `facts`; the words and identities of the story are theirs, and more. */
export function createSessionWriter(
  db: SqliteDatabase,
  { parts, facts }: { parts: StoreParts; facts: FactsReader },
): SessionWriter {
  const copy = db.prepare(readStatement('./story/rebuild/copy-session.sql'))
  const select = db.prepare<[number], FoundBy>(readStatement('./story/rebuild/select-found-by.sql'))
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

  function writeOne(
    { row, id, identityRow, endsAt, isSettled, bounds }: ToldSession,
    clientRow: number,
  ): void {
    copy.run(
      row,
      packId(id),
      identityRow,
      identityRow,
      endsAt,
      JSON.stringify(bounds),
      Number(isSettled),
      clientRow,
    )
  }

  return {
    writeUnion(session, { rows: clientRows, opening, closing, isInTurn }) {
      if (clientRows.length === 1) {
        writeOne(session, clientRows[0]!)
        return true
      }
      const rows = clientRows.map((clientRow) => select.get(clientRow)!)
      const rowOf = (clientRow: number) => rows[clientRows.indexOf(clientRow)]!
      const columns = unionColumns({ rows, opening: rowOf(opening), closing: rowOf(closing), isInTurn })
      if (!columns) return false
      const { row, id, identityRow, lastTime, endsAt, isSettled, bounds } = session
      const { userRow = identityRow, ...found } = columns
      write.run({
        ...found,
        row,
        id: packId(id),
        identity_row: identityRow,
        derived: 1,
        profile_row: userRow,
        ends_at: endsAt,
        duration: found.entry_name === null ? 0 : Math.floor((lastTime - found.start) / 1000),
        state: '',
        bounds: JSON.stringify(bounds),
      })
      if (isSettled) settle.run(row)
      return true
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
