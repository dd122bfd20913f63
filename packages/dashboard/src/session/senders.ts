import type { StoredEvent } from '../api/event.ts'

/** A filter for each visitor, and each user without one, whom events came from: together they find every session that holds one of the events. */
export function sendersOf(
  events: readonly Pick<StoredEvent, 'visitorId' | 'userId'>[],
): readonly ({ readonly visitor: string } | { readonly profile: string })[] {
  const visitors = new Set(events.flatMap(({ visitorId }) => visitorId ?? []))
  const users = new Set(
    events.flatMap(({ visitorId, userId }) => (visitorId === undefined ? (userId ?? []) : [])),
  )
  return [
    ...Array.from(visitors, (visitor) => ({ visitor })),
    ...Array.from(users, (profile) => ({ profile })),
  ]
}
