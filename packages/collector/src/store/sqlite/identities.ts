import { profileId } from '../../session/derived-id.ts'
import type { Key } from '../../session/derived-id.ts'
import type { SqliteDatabase } from './open-database.ts'
import { packId } from './pack-id.ts'
import type { PackedId } from './pack-id.ts'
import { createRecentMap } from './recent-map.ts'

/** A stored visitor or user. */
export interface Identity {
  readonly row: number
  readonly key: Key
  /** True once one of its events came without a stamp: then all of its events are told by the rule for those. */
  readonly told: boolean
}

/** Visitors and users. */
export interface Identities {
  /** The identity of a key; it is stored where it is new. */
  intern(key: Key): Identity
  /** The identity of a key, or undefined when nothing stored names it. */
  find(key: Key): Identity | undefined
  /** The identity of a profile's id, or undefined. */
  findProfile(profileId: string): Identity | undefined
  /** Marks an identity as told; returns it as it is then. */
  markTold(identity: Identity): Identity
  /** Forgets what it remembers: a transaction was undone, or someone else wrote. */
  forget(): void
}

interface IdentityRow {
  readonly row: number
  readonly kind: number
  readonly id: string
  readonly told: number
}

/** The number that stands for a kind in the database. */
export const IDENTITY_KINDS = { visitor: 0, user: 1 } as const
const REMEMBERED = 20_000

/** Prepares the statements. It remembers so many of each kind. */
export function createIdentities(db: SqliteDatabase, most = REMEMBERED): Identities {
  const select = db.prepare<[PackedId], IdentityRow>(
    'select row, kind, id, told from identities where profile = ?',
  )
  const insert = db.prepare('insert into identities (profile, kind, id) values (?, ?, ?)')
  const setTold = db.prepare<[number]>('update identities set told = 1 where row = ?')
  const remembered = {
    visitor: createRecentMap<string, Identity>(most),
    user: createRecentMap<string, Identity>(most),
  }

  function find(key: Key): Identity | undefined {
    const known = remembered[key.kind].get(key.id)
    if (known) return known
    const stored = select.get(packId(profileId(key)))
    if (!stored) return undefined
    const identity = toIdentity(stored)
    remembered[key.kind].set(key.id, identity)
    return identity
  }

  return {
    find,
    intern(key) {
      const known = find(key)
      if (known) return known
      const added = insert.run(packId(profileId(key)), IDENTITY_KINDS[key.kind], key.id)
      const identity = { row: Number(added.lastInsertRowid), key, told: false }
      remembered[key.kind].set(key.id, identity)
      return identity
    },
    findProfile(id) {
      const stored = select.get(packId(id))
      return stored && toIdentity(stored)
    },
    markTold(identity) {
      setTold.run(identity.row)
      const told = { ...identity, told: true }
      remembered[identity.key.kind].set(identity.key.id, told)
      return told
    },
    forget() {
      remembered.visitor.clear()
      remembered.user.clear()
    },
  }
}

function toIdentity({ row, kind, id, told }: IdentityRow): Identity {
  return { row, key: toKey(kind, id), told: told === 1 }
}

/** The key that a kind's number and an id stand for. */
export function toKey(kind: number, id: string): Key {
  return { kind: kind === IDENTITY_KINDS.user ? 'user' : 'visitor', id }
}
