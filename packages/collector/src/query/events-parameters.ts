import { EVENT_TYPES } from '@sojourn/protocol'
import type { EventsQuery } from '../store/queries.ts'
import { FILTER_PARAMETERS } from './filter-parameters.ts'
import { instant, oneOf, parseParameters, text } from './parameters.ts'
import type { ParameterTable } from './parameters.ts'
import { DEFAULT_LIMIT, PAGE_PARAMETERS } from './sessions-parameters.ts'
import type { ParsedQuery } from './sessions-parameters.ts'

/** Which events: the filters of `/v1/events` and of the live stream, by the names that the API gives them. */
export const EVENT_FILTER_PARAMETERS = {
  source: ['source', text(), 'Events of this source: its id or its name.'],
  visitor: ['visitor', text(), 'Events of this visitor.'],
  user: ['user', text(), 'Events that were sent with this user id.'],
  type: ['type', oneOf(EVENT_TYPES), 'Events of this type.'],
  name: ['name', text(), 'Events of this name.'],
  tag: ['tag', text(), 'Events with this tag.'],
  path: ['path', FILTER_PARAMETERS.path[1], 'Events on this path.'],
} as const satisfies ParameterTable<Omit<EventsQuery, 'from' | 'to' | 'limit' | 'cursor'>>

/** All parameters of an export of events. */
export const EVENT_EXPORT_PARAMETERS = {
  ...EVENT_FILTER_PARAMETERS,
  from: ['from', instant, 'Events of then or later: epoch ms, a date (UTC), or a time with zone.'],
  to: ['to', instant, 'Events before then: epoch ms, a date (UTC), or a time with zone.'],
} as const satisfies ParameterTable<Omit<EventsQuery, 'limit' | 'cursor'>>

/** All parameters of `GET /v1/events`. */
export const EVENT_PARAMETERS = {
  ...EVENT_EXPORT_PARAMETERS,
  ...PAGE_PARAMETERS,
} as const satisfies ParameterTable<EventsQuery>

/** The query of `GET /v1/events`, with its default of 50 a page. */
export function parseEventsQuery(parameters: URLSearchParams): ParsedQuery<EventsQuery> {
  const parsed = parseParameters<EventsQuery>(parameters, EVENT_PARAMETERS)
  return parsed.ok ? { ok: true, query: { limit: DEFAULT_LIMIT, ...parsed.values } } : parsed
}
