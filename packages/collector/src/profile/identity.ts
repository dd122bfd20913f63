import type { WireEvent } from '@sojourn/protocol'
import type { Key } from '../session/derived-id.ts'
import { earlier } from '../session/event-order.ts'
import type { EventRef } from '../session/event-order.ts'
import { isLinkingUserId } from './linking-user.ts'

/** The first event with which a visitor named a user: whose its anonymous events are. */
export interface Identity extends EventRef {
  readonly userId: string
}

/** What of an event decides whose it is. */
export type Belonging = Pick<WireEvent, 'id' | 'visitorId' | 'userId'>

/** What an event at this time says of its visitor's identity; undefined when it names no user, or none that can link. */
export function identityIn({ id, visitorId, userId }: Belonging, time: number): Identity | undefined {
  return visitorId === undefined || userId === undefined || !isLinkingUserId(userId)
    ? undefined
    : { time, id, userId }
}

/** The earlier of two identities of a visitor, by (time, id); so any number of them, in any order, gives the same. */
export function firstIdentity(a: Identity | undefined, b: Identity | undefined): Identity | undefined {
  return earlier(a, b)
}

/**
 * Whose profile an event belongs to: that of its own user; or, for an anonymous event, of the first user that its visitor identifies as,
 * be that later; or of the visitor while there is none. So two people at one device keep their own events, and only what nobody signed goes
 * to the first. An event that names neither a visitor nor a user who can be told from others stands alone.
 */
export function profileKeyOf(event: Belonging, visitor: Identity | undefined): Key {
  const { id, visitorId, userId } = event
  if (userId !== undefined && isLinkingUserId(userId)) return { kind: 'user', id: userId }
  if (visitorId === undefined) return { kind: 'visitor', id }
  return visitor === undefined ? { kind: 'visitor', id: visitorId } : { kind: 'user', id: visitor.userId }
}
