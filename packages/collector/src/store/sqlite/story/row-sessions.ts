import type { EpochMs } from '@sojourn/protocol'
import type { Fact } from '../../../ingest/fact.ts'
import { linkingUser } from '../../../profile/linking-user.ts'
import { addScores } from '../../../scoring/score.ts'
import { describeContext } from '../../../session/describe-context.ts'
import type { SessionBound } from '../../../session/session-bounds.ts'
import type { Identity } from '../identities.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { packId } from '../pack-id.ts'
import { readStatement } from '../read-statement.ts'
import { goalsColumn } from '../session-columns.ts'
import { createSessionTermRows } from '../session-term-rows.ts'
import { decodeTerms, termsOf } from '../session-terms.ts'
import type { StoreParts } from '../store-parts.ts'
import { canGoOn, SELECT_ROW_SESSION, sessionRowOf, toRowSession } from './row-session.ts'
import type { RowSession, RowSessionValues } from './row-session.ts'

/**
 * Sessions that go on, as their rows: an event that comes after all others of its session changes a few columns, and nothing that was
 * folded has to be kept or read for it. What changed is written by `flush`.
 */
export interface RowSessions {
  /** Begins a session with its first event, which is not passive. */
  begin(owner: Identity, id: string, first: { readonly fact: Fact; readonly sourceRow: number }): RowSession
  read(row: number): RowSession
  /** Adds an event that comes after all of the session's; false, and nothing is done, where only all events of the session tell what it makes of it. */
  add(session: RowSession, fact: Fact): boolean
  start(session: RowSession, bound: SessionBound): void
  /** Ends a session whose last activity was at `lastActive`. */
  end(session: RowSession, bound: SessionBound, lastActive: EpochMs): void
  /** Takes back that a session ended: somebody goes on with it. */
  reopen(session: RowSession): void
  /** Writes what changed of one session, or of all. */
  write(session: RowSession): void
  flush(): void
  /** Lets go of a session whose row is written. */
  letGo(session: RowSession): void
  /** Takes note that a session was settled. */
  release(row: number): void
  /** How many sessions became live, or live again, since this was last asked. */
  takeBegun(): number
  /** Forgets all: a transaction was undone, or someone else wrote. */
  forget(): void
}

/** Over the writing connection of a story. `nextRow` gives a row that no session has. */
export function createRowSessions(
  db: SqliteDatabase,
  parts: StoreParts,
  { timeoutMs, nextRow }: { readonly timeoutMs: number; readonly nextRow: () => number },
): RowSessions {
  const select = db.prepare<[number], RowSessionValues>(SELECT_ROW_SESSION).raw()
  const write = db.prepare<[object]>(readStatement('./write-session.sql'))
  const advance = db.prepare<[object]>(readStatement('./story/advance-told-session.sql'))
  const termRows = createSessionTermRows(db)
  const byRow = new Map<number, RowSession>()
  const changed = new Set<RowSession>()
  let begun = 0

  const word = (text: string | undefined): number | null =>
    text === undefined ? null : parts.words.intern(text)

  function mark(session: RowSession, lacks: 'columns' | 'row'): void {
    if (session.lacks !== 'row') session.lacks = lacks
    changed.add(session)
  }

  function writeOne(session: RowSession): void {
    changed.delete(session)
    if (session.lacks === 'nothing') return
    if (session.lacks === 'row' || session.settled === 1) {
      if (session.settled === 1)
        termRows.remove(session.row, { start: session.start, terms: [...decodeTerms(session.writtenTerms)] })
      begun++
      session.settled = 0
      write.run(session)
    } else advance.run(session)
    session.lacks = 'nothing'
    session.writtenTerms = session.terms
  }

  function addTerms(session: RowSession, fact: Fact): void {
    for (const term of termsOf(fact.event, parts.words))
      if (!session.terms.includes(`,${term},`))
        session.terms += session.terms === '' ? `,${term},` : `${term},`
  }

  function setBounds(session: RowSession, bounds: object): void {
    session.bounds = JSON.stringify({ timeoutMs, ...bounds })
    mark(session, 'columns')
  }

  function advanceTo(session: RowSession, { time, event }: Fact): void {
    session.events += 1
    session.page_views += Number(event.type === 'page')
    session.duration = Math.floor((time - session.start) / 1000)
    session.ends_at = time + timeoutMs
    session.exit_name = word(event.name)
    session.exit_path = word(event.page?.path)
  }

  return {
    begin(owner, id, { fact, sourceRow }) {
      const { event, time, context } = fact
      const user = linkingUser(event)
      const about = describeContext(context)
      const score = parts.rulebooks.score(event)
      const session = sessionRowOf({
        row: nextRow(),
        id: packId(id),
        identity_row: owner.row,
        profile_row: user === undefined ? owner.row : parts.identities.intern({ kind: 'user', id: user }).row,
        source_row: sourceRow,
        start: time,
        entry_name: word(event.name),
        entry_path: word(event.page?.path),
        device: word(about.device?.type),
        country: word(about.geo?.country?.code),
        utm_source: word(event.campaign?.source),
        utm_medium: word(event.campaign?.medium),
        utm_campaign: word(event.campaign?.name),
        utm_term: word(event.campaign?.term),
        utm_content: word(event.campaign?.content),
        rulebook: score.rulebook,
        points: score.points,
        goals: goalsColumn(score),
      })
      advanceTo(session, fact)
      addTerms(session, fact)
      byRow.set(session.row, session)
      mark(session, 'row')
      return session
    },
    read(row) {
      const known = byRow.get(row)
      if (known) return known
      const found = select.get(row)
      if (!found) throw new Error(`There is no session ${row}.`)
      const session = toRowSession(found)
      byRow.set(row, session)
      return session
    },
    add(session, fact) {
      const { event } = fact
      if (!canGoOn(session, fact)) return false
      if (!event.passive) advanceTo(session, fact)
      const user = linkingUser(event)
      const profile = user === undefined ? undefined : parts.identities.intern({ kind: 'user', id: user }).row
      const isOther = profile !== undefined && profile !== session.profile_row
      if (isOther) session.profile_row = profile
      addTerms(session, fact)
      const { rulebook, points, goals } = session
      const before = { rulebook, points, goals: goals === null ? [] : (JSON.parse(goals) as string[]) }
      const score = addScores(before, parts.rulebooks.score(event, rulebook))
      if (score !== before) {
        session.points = score.points
        session.goals = goalsColumn(score)
        session.rulebook = score.rulebook
      }
      mark(session, isOther || score.rulebook !== rulebook ? 'row' : 'columns')
      return true
    },
    start: (session, start) => setBounds(session, { start }),
    end(session, end, lastActive) {
      const { start } = JSON.parse(session.bounds) as { start: SessionBound }
      setBounds(session, { start, end })
      session.ends_at = lastActive + Math.min(timeoutMs, end.gapMs ?? Infinity)
    },
    reopen(session) {
      const { start } = JSON.parse(session.bounds) as { start: SessionBound }
      setBounds(session, { start })
    },
    write: writeOne,
    flush() {
      for (const session of changed) writeOne(session)
    },
    letGo: (session) => void byRow.delete(session.row),
    release(row) {
      const session = byRow.get(row)
      if (session) session.settled = 1
    },
    takeBegun() {
      const count = begun
      begun = 0
      return count
    },
    forget() {
      byRow.clear()
      changed.clear()
    },
  }
}
