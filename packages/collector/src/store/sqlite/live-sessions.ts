import type { Fact } from '../../ingest/fact.ts'
import { foreignSessionId } from '../../session/derived-id.ts'
import { foldFact } from '../../session/fold-fact.ts'
import { advanceColumns, asWritten, hasOnlyAdvanced } from './advance-columns.ts'
import type { Identity } from './identities.ts'
import type { LiveSession, SessionRow } from './live-session.ts'
import type { SessionBounds } from '../../session/session-bounds.ts'
import type { SessionState } from '../../session/session-state.ts'
import type { SqliteDatabase } from './open-database.ts'
import { packId, unpackId } from './pack-id.ts'
import type { PackedId } from './pack-id.ts'
import { readStatement } from './read-statement.ts'
import { sessionColumns } from './session-columns.ts'
import { createSessionTermRows } from './session-term-rows.ts'
import { addTerms, decodeTerms, encodeTerms } from './session-terms.ts'
import type { StoreParts } from './store-parts.ts'
import type { Tuning } from './tuning.ts'

/** The sessions that commits touch, remembered between commits. */
export interface LiveSessions {
  read(row: number): LiveSession
  /** The session that an id means for this identity, which is a session of its own when the id belongs to someone else. */
  resolve(id: string, owner: Identity, derived: boolean): LiveSession
  /** Folds a fact that was just stored. */
  add(session: LiveSession, fact: Fact): void
  /** Marks a session as changed by more than events that were just stored. */
  touch(session: LiveSession): void
  /** Removes a session that has no event any more. */
  drop(session: LiveSession): void
  /** Gives a session another id, which no other has. */
  rename(session: LiveSession, id: string): void
  /** Writes what changed; at the end of the transaction at the latest. */
  flush(): void
  /** How many sessions became live, or live again, since this was last asked. */
  takeBegun(): number
  /** What a remembered session was folded to; undefined where it is not remembered, or was folded without events that are damaged. */
  stateOf(row: number): SessionState | undefined
  /** Lets go of a session that someone else changes in the database. */
  release(row: number): void
  /** Lets go of the sessions that were read or begun longest ago. Between transactions. */
  trim(): void
  /** Forgets all: a transaction was undone, or someone else wrote. */
  forget(): void
}

/** How the sessions of a story differ from those of `client`. */
export interface LiveOptions {
  /** Gives the row of a session that begins, where not only they begin here. */
  readonly nextRow?: () => number
  /** A settled session that gets a late event is unlikely to go on: it stays among the settled ones. */
  readonly staySettled?: boolean
}

/** Prepares the statements. */
export function createLiveSessions(
  db: SqliteDatabase,
  parts: StoreParts,
  { rememberedSessions, nextRow, staySettled = false }: Tuning & LiveOptions,
): LiveSessions {
  const columns = 'row, id, identity_row, derived, settled, start, terms, state, bounds'
  const selectById = db.prepare<[PackedId], SessionRow>(`select ${columns} from sessions where id = ?`)
  const selectByRow = db.prepare<[number], SessionRow>(`select ${columns} from sessions where row = ?`)
  const lastRow = db.prepare<[], number>('select ifnull(max(row), 0) from sessions').pluck()
  const write = db.prepare(readStatement('./write-session.sql'))
  const advance = db.prepare(readStatement('./advance-session.sql'))
  const remove = db.prepare<[number]>('delete from sessions where row = ?')
  const termRows = createSessionTermRows(db)
  const byRow = new Map<number, LiveSession>()
  const byId = new Map<string, LiveSession>()
  const changed = new Set<LiveSession>()
  /** Rows of those that something damaged was left out of. */
  const partial = new Set<number>()
  const begun: LiveSession[] = []
  let latestRow: number | undefined
  let begunCount = 0

  function remember(session: LiveSession): LiveSession {
    byRow.set(session.row, session)
    byId.set(session.id, session)
    return session
  }

  function load(found: SessionRow | undefined): LiveSession | undefined {
    if (!found) return undefined
    const terms = decodeTerms(found.terms)
    const session: LiveSession = {
      row: found.row,
      id: unpackId(found.id),
      identityRow: found.identity_row,
      derived: found.derived === 1,
      state: parts.states.recall(found.state, found.row, () => partial.add(found.row)),
      terms,
      termsText: undefined,
      bounds: found.bounds === null ? undefined : (JSON.parse(found.bounds) as SessionBounds),
      written: undefined,
      settled: found.settled === 1 ? { start: found.start, terms: [...terms] } : undefined,
    }
    session.written = asWritten(session)
    return remember(session)
  }

  function begin(id: string, identityRow: number, derived: boolean): LiveSession {
    latestRow = nextRow?.() ?? (latestRow ?? lastRow.get() ?? 0) + 1
    const session = {
      row: latestRow,
      id,
      identityRow,
      derived,
      state: undefined,
      terms: new Set<string>(),
      termsText: undefined,
      bounds: undefined,
      written: undefined,
      settled: undefined,
    }
    begun.push(session)
    return remember(session)
  }

  /** Takes a session out of what only settled ones are in; writing it does the rest. */
  function unsettle(session: LiveSession): void {
    if (session.settled) termRows.remove(session.row, session.settled)
    session.settled = undefined
  }

  function listNewTerms(session: LiveSession): void {
    const { row, terms, settled } = session
    if (!settled || settled.terms.length === terms.size) return
    termRows.add(row, { start: settled.start, terms: [...terms].slice(settled.terms.length) })
    session.settled = { start: settled.start, terms: [...terms] }
  }

  function writeWhole(session: LiveSession): void {
    if (!session.written || session.settled) begunCount++
    unsettle(session)
    write.run(sessionColumns(session, session.state!, parts))
  }

  function writeOne(session: LiveSession): void {
    session.termsText = encodeTerms(session.terms, session.termsText)
    if (hasOnlyAdvanced(session, staySettled)) {
      advance.run(advanceColumns(session, parts))
      listNewTerms(session)
    } else writeWhole(session)
    session.written = asWritten(session)
  }

  function letGo(session: LiveSession): void {
    byRow.delete(session.row)
    partial.delete(session.row)
    if (byId.get(session.id) === session) byId.delete(session.id)
  }

  function resolve(id: string, owner: Identity, derived: boolean): LiveSession {
    const found = byId.get(id) ?? load(selectById.get(packId(id)))
    if (!found) return begin(id, owner.row, derived)
    const isOwn = found.identityRow === owner.row && found.derived === derived
    return isOwn ? found : resolve(foreignSessionId(id, owner.key), owner, derived)
  }

  return {
    resolve,
    read(row) {
      const session = byRow.get(row) ?? load(selectByRow.get(row))
      if (!session) throw new Error(`There is no session ${row}.`)
      return session
    },
    add(session, fact) {
      session.state = foldFact(session.state, fact, parts.rulebooks.score)
      addTerms(session.terms, fact.event, parts.words)
      changed.add(session)
    },
    touch: (session) => void changed.add(session),
    drop(session) {
      unsettle(session)
      if (session.written) remove.run(session.row)
      letGo(session)
      changed.delete(session)
    },
    rename(session, id) {
      if (byId.get(session.id) === session) byId.delete(session.id)
      session.id = id
      byId.set(id, session)
      changed.add(session)
    },
    flush() {
      for (const session of changed) writeOne(session)
      changed.clear()
    },
    takeBegun() {
      const count = begunCount
      begunCount = 0
      return count
    },
    stateOf: (row) => (partial.has(row) ? undefined : byRow.get(row)?.state),
    release(row) {
      const session = byRow.get(row)
      if (session) letGo(session)
    },
    trim() {
      // A session without events was begun for an event that turned out to be stored already.
      for (const session of begun) if (!session.state) letGo(session)
      begun.length = 0
      for (const session of byRow.values()) {
        if (byRow.size <= rememberedSessions) break
        letGo(session)
      }
    },
    forget() {
      byRow.clear()
      byId.clear()
      changed.clear()
      partial.clear()
      begun.length = 0
      latestRow = undefined
    },
  }
}
