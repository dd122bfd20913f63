import type { Scope } from '../../../definition/definition.ts'
import { profileId } from '../../../session/derived-id.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { packId } from '../pack-id.ts'
import type { PackedId } from '../pack-id.ts'
import { readStatement } from '../read-statement.ts'
import type { Identities } from '../identities.ts'
import { storyKeyOf } from './story-keys.ts'

/** Rows of the sessions that hold an event of a visitor, whosever they are. Takes time in proportion to the visitor's events. */
export type VisitorSessions = (visitorId: string) => readonly number[]

interface VisitorEvent {
  readonly row: number
  readonly userId: string | null
}

/** Prepares the statements, over the reading connection of a story. */
export function createVisitorSessions(
  db: SqliteDatabase,
  { scope, identities }: { readonly scope: Scope; readonly identities: Identities },
): VisitorSessions {
  const selectVisitor = db
    .prepare<[PackedId], number>('select row from facts.identities where profile = ?')
    .pluck()
  const selectEvents = db.prepare<[object], VisitorEvent>(readStatement('./story/visitor-events.sql'))
  const selectTold = db.prepare<[number], number>('select session_row from told where event_row = ?').pluck()
  const selectPacked = db.prepare<[number], { session_row: number; events: string }>(
    'select session_row, events from packed where identity_row = ?',
  )
  const selectLink = db.prepare<[string], { time: number; id: string; userId: string }>(
    'select time, event_id as id, user_id as userId from links where visitor = ?',
  )

  /** The sessions of events that lie packed by key, as a rebuild left them. */
  function packedSessions(visitorId: string, events: readonly VisitorEvent[]): readonly number[] {
    const link = selectLink.get(visitorId)
    const rows = new Set(events.map(({ row }) => row))
    const users = new Set(events.map(({ userId }) => userId ?? undefined))
    const owners = new Set(
      [...users].flatMap((userId) => {
        const event = { id: '', visitorId, ...(userId !== undefined && { userId }) }
        return identities.find(storyKeyOf(scope, event, link))?.row ?? []
      }),
    )
    return [...owners]
      .flatMap((owner) => selectPacked.all(owner))
      .filter((packed) => (JSON.parse(packed.events) as number[]).some((row) => rows.has(Math.abs(row))))
      .map(({ session_row }) => session_row)
  }

  return (visitorId) => {
    const visitor = selectVisitor.get(packId(profileId({ kind: 'visitor', id: visitorId })))
    if (visitor === undefined) return []
    const told = new Set<number>()
    const packed: VisitorEvent[] = []
    for (const event of selectEvents.all({ visitor })) {
      const session = selectTold.get(event.row)
      if (session === undefined) packed.push(event)
      else told.add(session)
    }
    for (const session of packed.length > 0 ? packedSessions(visitorId, packed) : []) told.add(session)
    // Row 0 stands for no session.
    told.delete(0)
    return [...told]
  }
}
