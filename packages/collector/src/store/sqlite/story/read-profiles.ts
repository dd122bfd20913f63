import type { JsonObject, ProfileObject, ProfileSummary, ProfileVisitor } from '@sojourn/protocol'
import { profileId } from '../../../session/derived-id.ts'
import { isCanonicalUuid } from '../../../session/event-order.ts'
import { mergeTraits } from '../../../session/merge-sessions.ts'
import type { SessionState } from '../../../session/session-state.ts'
import type { ProfilesQuery } from '../../queries.ts'
import type { Page } from '../../store.ts'
import { decodeSessionCursor, encodeCursor } from '../cursor.ts'
import { IDENTITY_KINDS, toKey } from '../identities.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { readStatement } from '../read-statement.ts'
import type { StoreParts } from '../store-parts.ts'
import { createSearchProfiles } from './search-profiles.ts'

/** The persons whose sessions a story tells. */
export interface ReadProfiles {
  /** Whose last session began last comes first. Throws `BadCursor`. */
  list(query: ProfilesQuery): Page<ProfileSummary>
  /** By the profile's id, or a user id. */
  one(id: string): ProfileObject | undefined
  /** The rows of all events of a person, and by how many visitors they are. */
  events(id: string): { readonly rows: readonly number[]; readonly visitors: number } | undefined
}

interface ProfileSums {
  readonly kind: number
  readonly id: string
  readonly sessions: number
  readonly events: number
  readonly duration: number
  readonly points: number
  readonly first: number
  readonly last: number
}

const LIST = 'profiles'
const MOST_VISITORS = 100
const MOST_SESSIONS = 200

/** Prepares the statements, over the reading connection of a story of the scope `profile`. */
export function createReadProfiles(
  db: SqliteDatabase,
  { identities, states: { decode } }: StoreParts,
): ReadProfiles {
  const list = db.prepare<[object], { row: number; start: number; identity: number }>(
    readStatement('./story/list-profiles.sql'),
  )
  const search = createSearchProfiles(db)
  const sum = db.prepare<[object], ProfileSums>(readStatement('./story/sum-profile.sql'))
  const selectVisitors = db.prepare<[object], { id: string; first: number; last: number; events: number }>(
    readStatement('./story/profile-visitors.sql'),
  )
  const selectEvents = db.prepare<[object], { row: number; identity: number; kind: number }>(
    readStatement('./story/events-of-profile.sql'),
  )
  const selectStates = db.prepare<[number, number], { row: number; state: string }>(
    'select row, state from sessions where identity_row = ? order by start desc, row desc limit ?',
  )

  function summary(identity: number): ProfileSummary | undefined {
    const sums = sum.get({ identity })
    if (!sums) return undefined
    const key = toKey(sums.kind, sums.id)
    return {
      id: profileId(key),
      ...(key.kind === 'user' && { userId: key.id }),
      firstSeen: iso(sums.first),
      lastSeen: iso(sums.last),
      sessions: sums.sessions,
      events: sums.events,
      duration: sums.duration,
      points: sums.points,
    }
  }

  function visitors(identity: number): readonly ProfileVisitor[] {
    const found = selectVisitors.all({ identity, visitor: IDENTITY_KINDS.visitor, limit: MOST_VISITORS })
    return found.map(({ id, first, last, events }) => ({
      id,
      firstSeen: iso(first),
      lastSeen: iso(last),
      events,
    }))
  }

  function traits(identity: number): JsonObject {
    const all = selectStates
      .all(identity, MOST_SESSIONS)
      .map(({ row, state }) => decode(state, row)?.traits ?? new Map<string, never>())
      .reduce<SessionState['traits']>(mergeTraits, new Map())
    const byName = [...all].sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(byName.map(([name, { value }]) => [name, value])) as JsonObject
  }

  function find(id: string) {
    return (
      identities.find({ kind: 'user', id }) ?? (isCanonicalUuid(id) ? identities.findProfile(id) : undefined)
    )
  }

  return {
    list({ search: wanted, limit, cursor }) {
      if (wanted !== undefined) {
        const found = search(wanted, limit)
        return { rows: found.flatMap((identity) => summary(identity) ?? []), next: null }
      }
      const [start, row] = cursor === undefined ? [null, null] : decodeSessionCursor(LIST, cursor)
      const found = list.all({ start, row, limit: limit + 1 })
      const last = found[limit - 1]
      return {
        rows: found.slice(0, limit).flatMap(({ identity }) => summary(identity) ?? []),
        next: found.length > limit && last ? encodeCursor(LIST, [last.start, last.row]) : null,
      }
    },
    one(id) {
      const identity = find(id)
      const found = identity && summary(identity.row)
      return found && { ...found, visitors: visitors(identity.row), traits: traits(identity.row) }
    },
    events(id) {
      const identity = find(id)
      const found = identity ? selectEvents.all({ identity: identity.row }) : []
      if (found.length === 0) return undefined
      const visitors = found.filter(({ kind }) => kind === IDENTITY_KINDS.visitor)
      return {
        rows: found.map(({ row }) => row),
        visitors: new Set(visitors.map(({ identity: visitor }) => visitor)).size,
      }
    },
  }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
