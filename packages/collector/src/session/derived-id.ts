import { nameUuid, namespaceOf } from './name-uuid.ts'

/** The kinds of keys that sessions are told by: a visitor, or, for events that name none, a user. Their ids never mix. */
export type KeyKind = 'visitor' | 'user'

/** Whose history an event belongs to. */
export interface Key {
  readonly kind: KeyKind
  readonly id: string
}

// Namespaces of our own for name-based UUIDs (RFC 9562, section 5.5). They are fixed for ever: ids that are stored come from them.
const PROFILES = {
  visitor: namespaceOf('0b6f3f7e-6a55-4c53-9f0b-6f0b2f4f8a01'),
  user: namespaceOf('9d1c8c70-3f0e-4e0c-8a3b-5c2d8f1e7b02'),
}
const CLIENT_DEFINITION = namespaceOf('6a1f1f52-8f0a-4b5e-9c64-3d1b7f2a9c03')
const FOREIGN_SESSIONS = namespaceOf('c2d0b8e4-1d7c-4f3a-b1a5-7e9f4c6d2b04')

/** The id of a key's profile: a UUID of the user id, or of the visitor id while the visitor is anonymous. */
export function profileId(key: Key): string {
  return nameUuid(key.id, PROFILES[key.kind])
}

/** The id of a session that no sender named: a UUID of its key and its first event, under the `client` definition. */
export function derivedSessionId(key: Key, firstEventId: string): string {
  return nameUuid(JSON.stringify([key.kind, key.id, firstEventId]), CLIENT_DEFINITION)
}

/** The id under which a key's events count that carry the id of a session which belongs to someone else: a UUID of the two ids. */
export function foreignSessionId(sessionId: string, key: Key): string {
  return nameUuid(JSON.stringify([sessionId, key.kind, key.id]), FOREIGN_SESSIONS)
}
