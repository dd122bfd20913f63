import type { EventOwner } from '../../queries.ts'
import type { Scope } from '../../../definition/definition.ts'
import { profileKeyOf } from '../../../profile/identity.ts'
import type { Identity as Link } from '../../../profile/identity.ts'
import { isLinkingUserId } from '../../../profile/linking-user.ts'
import type { Key } from '../../../session/derived-id.ts'

/** Whose sessions an event is told in. `link` is the first user that its visitor named, if any. */
export function storyKeyOf(scope: Scope, event: EventOwner, link: Link | undefined): Key {
  if (scope === 'profile') return profileKeyOf(event, link)
  return event.visitorId === undefined
    ? profileKeyOf(event, undefined)
    : { kind: 'visitor', id: event.visitorId }
}

/** True for an event that goes where its visitor's link leads: it has a visitor and names no user who can stand for a person. */
export function isAnonymous({ visitorId, userId }: EventOwner): boolean {
  return visitorId !== undefined && (userId === undefined || !isLinkingUserId(userId))
}
