import type { Key } from '../session/derived-id.ts'
import { nameUuid, namespaceOf } from '../session/name-uuid.ts'

/** Namespace of the ids of definitions; made once, never to be changed, since the ids of stored sessions hang on it. */
const DEFINITIONS = namespaceOf('6f1d2c0e-54b7-4c0b-9d0a-3b7a6f0c9e21')

/** The id of the definition of that name: a UUIDv5, the same in every store, so that a session keeps its id through export and import. */
export function definitionId(name: string): string {
  return nameUuid(name, DEFINITIONS)
}

/** Whose events a session holds: a visitor, a user without a visitor, or a profile by its id. */
export type SessionKey = Key | { readonly kind: 'profile'; readonly id: string }

/**
 * The id of a session under a definition other than `client`: UUIDv5 of the definition's id, the key and the id of its first event.
 * A new version of a definition gives a session that begins at the same event the same id.
 */
export function sessionIdUnder(definitionId: string, key: SessionKey, firstEventId: string): string {
  return nameUuid(JSON.stringify([key.kind, key.id, firstEventId]), bytesOf(definitionId))
}

/** The id of a session under a definition that goes by the ids which came with the events: UUIDv5 of the definition's id, the key and that id. */
export function stampedSessionIdUnder(definitionId: string, key: SessionKey, stamp: string): string {
  return nameUuid(JSON.stringify([key.kind, key.id, 'stamp', stamp]), bytesOf(definitionId))
}

const known = new Map<string, Buffer>()

/** There are as many definitions as an owner makes. */
function bytesOf(definitionId: string): Buffer {
  const bytes = known.get(definitionId) ?? namespaceOf(definitionId)
  known.set(definitionId, bytes)
  return bytes
}
