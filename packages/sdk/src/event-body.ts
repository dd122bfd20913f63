import { MAX_NAME_CHARS, MAX_TAGS } from '@sojourn/protocol'
import { attempt } from './attempt.ts'
import type { Details } from './part.ts'
import type { Properties } from './tracker.ts'

/** What an event says of itself, as it is now: the page may change its objects before the event is stamped. Wrong types are left out. */
export const eventBody = (name: unknown, details: Details) => ({
  name: name && `${name}`.slice(0, MAX_NAME_CHARS),
  tags: details.tags?.flatMap?.((tag) => `${tag}`.slice(0, MAX_NAME_CHARS) || []).slice(0, MAX_TAGS),
  passive: details.passive ? true : undefined,
  properties: copy(details.properties),
  traits: copy(details.traits),
})

/** What JSON cannot hold (cycles, BigInt, getters that throw) does not cost the event. */
const copy = (record: Properties | undefined): Properties | undefined =>
  attempt(() => (record ? JSON.parse(JSON.stringify({ ...record })) : undefined))
