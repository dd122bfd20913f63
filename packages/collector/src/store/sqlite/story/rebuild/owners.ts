import type { Scope } from '../../../../definition/definition.ts'
import { isLinkingUserId } from '../../../../profile/linking-user.ts'
import { compareEvents } from '../../../../session/event-order.ts'
import { IDENTITY_KINDS } from '../../identities.ts'
import type { Identities } from '../../identities.ts'
import type { SqliteDatabase } from '../../open-database.ts'
import { createRecentMap } from '../../recent-map.ts'
import type { EventBlock } from './event-block.ts'
import type { EventIds } from './event-ids.ts'

/** Whose events are, as `storyKeyOf` has it, for all events of a history at once. */
export interface Owners {
  /** Puts in place of each key the row of whose the event is, links left aside, and learns the links that the events make. */
  assign(block: EventBlock): void
  /** The key of an assigned event once all events were seen: an anonymous one goes where its visitor's link leads. */
  final(key: number): number
  /** Writes the links for those who tell the story further. */
  writeLinks(): void
}

interface UserRow {
  readonly row: number
  readonly userId: string
}

/** The user stands first in a body (`encodeBody`): where it has none, nothing more of it is looked at. */
const USERS_OF = `select row, body ->> '$.userId' as userId from facts.events
  where row between ? and ? and body >= '{"userId":' and body < '{"userId;' and body ->> '$.userId' is not null order by row`
const REMEMBERED = 20_000

/** Over a connection to a story whose identities are those of the facts, with their rows, and more behind them. */
export function createOwners(
  db: SqliteDatabase,
  { scope, identities, ids }: { scope: Scope; identities: Identities; ids: EventIds },
): Owners {
  const last = db.prepare<[], number>('select ifnull(max(row), 0) from facts.identities').pluck().get()!
  const usersOf = db.prepare<[number, number], UserRow>(USERS_OF)
  const isUser = new Uint8Array(last + 1)
  const nobodies = new Set<number>()
  const users = db.prepare<[number], { row: number; id: string }>(
    'select row, id from facts.identities where kind = ?',
  )
  for (const { row, id } of users.iterate(IDENTITY_KINDS.user)) {
    isUser[row] = 1
    if (!isLinkingUserId(id)) nobodies.add(row)
  }
  const rowOfUser = createRecentMap<string, number>(REMEMBERED)
  const linkOf = new Uint32Array(last + 1)
  const linkTime = new Float64Array(last + 1)
  const linkRow = new Uint32Array(last + 1)

  /** 0 for an id that can stand for nobody. */
  function userRow(userId: string): number {
    let row = rowOfUser.get(userId)
    if (row === undefined) {
      row = isLinkingUserId(userId) ? identities.intern({ kind: 'user', id: userId }).row : 0
      rowOfUser.set(userId, row)
    }
    return row
  }

  function isEarlier(visitor: number, time: number, row: number): boolean {
    if (linkOf[visitor] === 0 || time < linkTime[visitor]!) return true
    if (time > linkTime[visitor]!) return false
    return compareEvents({ time, id: ids.of(row) }, { time, id: ids.of(linkRow[visitor]!) }) < 0
  }

  function assignUsers(block: EventBlock): void {
    let place = 0
    for (const { row, userId } of usersOf.all(block.row[0]!, block.row[block.length - 1]!)) {
      while (block.row[place]! < row) place++
      const visitor = block.key[place]!
      const user = isUser[visitor] === 1 ? 0 : userRow(userId)
      if (user === 0) continue
      block.key[place] = user
      if (!isEarlier(visitor, block.time[place]!, row)) continue
      linkOf[visitor] = user
      linkTime[visitor] = block.time[place]!
      linkRow[visitor] = row
    }
  }

  /** An event without a visitor, whose user can't be told from others, stands alone. */
  function assignNobodies(block: EventBlock): void {
    for (let place = 0; place < block.length; place++)
      if (nobodies.has(block.key[place]!))
        block.key[place] = identities.intern({ kind: 'visitor', id: ids.of(block.row[place]!) }).row
  }

  return {
    assign(block) {
      if (block.length === 0) return
      // First, so that who stands alone by an event's id is not taken for a visitor among the facts.
      if (scope === 'profile') assignUsers(block)
      if (nobodies.size > 0) assignNobodies(block)
    },
    final: (key) => (key <= last && linkOf[key] !== 0 ? linkOf[key]! : key),
    writeLinks() {
      const write = db.prepare<[number, string, number, number]>(
        `insert into links select visitor.id, ?, ?, user.id
        from identities visitor, identities user where visitor.row = ? and user.row = ?`,
      )
      linkOf.forEach((user, visitor) => {
        if (user !== 0) write.run(linkTime[visitor]!, ids.of(linkRow[visitor]!), visitor, user)
      })
    },
  }
}
