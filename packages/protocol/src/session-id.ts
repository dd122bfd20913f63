import { nameBasedId } from './name-based-id.ts'
import { shortHash } from './short-hash.ts'

/** True for an id that a cookie holds as it is: 1–36 letters, digits, `-` or `_`. */
export function isPlainId(id: string): boolean {
  return /^[\w-]{1,36}$/.test(id)
}

/**
 * The id of a visitor's n-th session: UUIDv5 of the number, in the namespace of the visitor's id (a UUID).
 * Every tab that finds the session over comes to the same next id without asking another.
 * As hard to guess as the visitor's id.
 */
export function sessionId(visitorId: string, number: number): string {
  return nameBasedId(`${number}`, visitorId)
}

/**
 * The id under which a session of the page's own id travels: that id, if it is 1–36 letters, digits, `-` or `_`; else a UUIDv5 of
 * its `shortHash` in the visitor's namespace, because a cookie has to hold it.
 */
export function givenSessionId(visitorId: string, id: string): string {
  return isPlainId(id) ? id : nameBasedId(`id:${shortHash(id)}`, visitorId)
}

/**
 * The visitor id that follows when the user changes: UUIDv5 of the new user's marker (none: signed out) in the old visitor's
 * namespace. Derived, so that tabs that sign in or out at the same instant agree; never returns to an earlier one.
 */
export function nextVisitorId(visitorId: string, userMarker = ''): string {
  return nameBasedId(`user:${userMarker}`, visitorId)
}
