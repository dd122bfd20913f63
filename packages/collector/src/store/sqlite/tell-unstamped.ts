import { readStatement } from './read-statement.ts'
import { DEFAULT_TIMEOUT_MS } from '@sojourn/protocol'
import type { Fact } from '../../ingest/fact.ts'
import { derivedSessionId } from '../../session/derived-id.ts'
import type { EventRef } from '../../session/event-order.ts'
import { tellEvent } from '../../session/tell-events.ts'
import type { OpenSession } from '../../session/tell-events.ts'
import type { Identity } from './identities.ts'
import type { InsertEvent } from './insert-event.ts'
import type { LiveSession } from './live-session.ts'
import type { LiveSessions } from './live-sessions.ts'
import type { MoveEvents } from './move-events.ts'
import type { SqliteDatabase } from './open-database.ts'
import { packId, unpackId } from './pack-id.ts'
import type { PackedId } from './pack-id.ts'

/** Stores an event of a told identity and brings all of its events after that into the sessions they are now told in. False for a repetition. */
export type TellUnstamped = (fact: Fact, owner: Identity, stamped: LiveSession | undefined) => boolean

/** An event in the history of a told identity. */
interface ToldRow {
  readonly row: number
  readonly id: PackedId
  readonly time: number
  readonly session_row: number | null
  readonly passive: number
  readonly stamped: number
}

/** Events that are looked at in one go. */
const CHUNK = 64

/** Prepares the statements. */
export function createTellUnstamped(
  db: SqliteDatabase,
  parts: { readonly sessions: LiveSessions; readonly insert: InsertEvent; readonly move: MoveEvents },
): TellUnstamped {
  const before = db.prepare<[object], { time: number; session_row: number }>(
    readStatement('./told-before.sql'),
  )
  const after = db.prepare<[object], ToldRow>(readStatement('./told-after.sql'))
  const { sessions, insert, move } = parts

  /** The session that is open just before an event, if the event is in time for it. */
  function openBefore({ time, id }: EventRef, owner: Identity): OpenSession<LiveSession> | undefined {
    const last = before.get({ identity: owner.row, after: time - DEFAULT_TIMEOUT_MS, time, id: packId(id) })
    return last && { session: sessions.read(last.session_row), lastActive: last.time }
  }

  /**
   * Tells the events after `event` again, which itself is not passive. What comes before an event decides its session, so this ends where the
   * new event makes no difference any more: at a stamped event, after a pause of 30 minutes, or where the same session goes on.
   */
  function retellAfter(event: EventRef, opened: OpenSession<LiveSession>, owner: Identity): void {
    const moved: ToldRow[] = []
    let open = opened
    let last: { readonly time: number; readonly id: PackedId } = { time: event.time, id: packId(event.id) }
    for (;;) {
      const limits = { identity: owner.row, before: open.lastActive + DEFAULT_TIMEOUT_MS, limit: CHUNK }
      const chunk = after.all({ ...limits, time: last.time, id: last.id })
      for (const next of chunk) {
        last = next
        const isPassive = next.passive === 1
        if (next.stamped === 1) {
          if (isPassive) continue
          return move.some(moved, opened.session)
        }
        if (next.session_row === open.session.row) {
          if (isPassive) continue
          return move.some(moved, opened.session)
        }
        if (!isPassive && isHead(next)) {
          move.some(moved, opened.session)
          return move.all(sessions.read(next.session_row!), opened.session)
        }
        moved.push(next)
        if (!isPassive) open = { session: open.session, lastActive: next.time }
      }
      if (chunk.length === 0) return move.some(moved, opened.session)
    }
  }

  /**
   * True for the event that a session of this kind began with: the rest of that session follows it wherever it goes. It is no stamped
   * session, since such a one has its first stamped event before any that joins it.
   */
  function isHead({ id, session_row }: ToldRow): boolean {
    return sessions.read(session_row!).state?.entry?.id === unpackId(id)
  }

  return (fact, owner, stamped) => {
    const { event, time } = fact
    const ref = { time, id: event.id }
    const { session, open } = tellEvent(
      openBefore(ref, owner),
      { time, passive: event.passive, stamped },
      () => sessions.resolve(derivedSessionId(owner.key, event.id), owner, true),
    )
    const row = insert(fact, owner, session?.row)
    if (row === undefined) return false
    if (session) sessions.add(session, fact)
    if (!event.passive && open) retellAfter(ref, open, owner)
    return true
  }
}
