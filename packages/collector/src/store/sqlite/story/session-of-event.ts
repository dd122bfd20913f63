import type { Scope } from '../../../definition/definition.ts'
import type { EventOwner } from '../../queries.ts'
import type { Identities } from '../identities.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { packId, unpackId } from '../pack-id.ts'
import type { PackedId } from '../pack-id.ts'
import { storyKeyOf } from './story-keys.ts'

/** Finds the session that an event is told in: its id, or undefined for an event in none. */
export type SessionOfEvent = (event: EventOwner) => string | undefined

/** Prepares the statements, over the reading connection of a story. */
export function createSessionOfEvent(
  db: SqliteDatabase,
  { scope, identities }: { readonly scope: Scope; readonly identities: Identities },
): SessionOfEvent {
  const selectEvent = db.prepare<[PackedId], number>('select row from facts.events where id = ?').pluck()
  const selectTold = db.prepare<[number], number>('select session_row from told where event_row = ?').pluck()
  // What a rebuild told lies packed by key until another event of the key comes.
  const selectPacked = db
    .prepare<[number, number], number>(
      'select session_row from packed join json_each(packed.events) member where identity_row = ? and abs(member.value) = ?',
    )
    .pluck()
  const selectLink = db.prepare<[string], { time: number; id: string; userId: string }>(
    'select time, event_id as id, user_id as userId from links where visitor = ?',
  )
  const selectId = db.prepare<[number], PackedId>('select id from sessions where row = ?').pluck()

  function packedRow(event: EventOwner, eventRow: number): number | undefined {
    const link = event.visitorId === undefined ? undefined : selectLink.get(event.visitorId)
    const owner = identities.find(storyKeyOf(scope, event, link))
    return owner && selectPacked.get(owner.row, eventRow)
  }

  return (event) => {
    const eventRow = selectEvent.get(packId(event.id))
    if (eventRow === undefined) return undefined
    const id = selectId.get(selectTold.get(eventRow) ?? packedRow(event, eventRow) ?? 0)
    return id === undefined ? undefined : unpackId(id)
  }
}
