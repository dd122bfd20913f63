import { EVENT_TYPES } from '@sojourn/protocol'
import type { EventsQuery } from '../store/store.ts'
import { instant, oneOf, parseParameters, text } from './parameters.ts'
import type { ParameterTable } from './parameters.ts'
import { DEFAULT_LIMIT, SESSION_PARAMETERS } from './sessions-parameters.ts'
import type { ParsedQuery } from './sessions-parameters.ts'

/** All filters of `GET /v1/events`, by the names that the API gives them. */
export const EVENT_PARAMETERS = {
  source: ['source', text()],
  visitor: ['visitor', text()],
  user: ['user', text()],
  type: ['type', oneOf(EVENT_TYPES)],
  name: ['name', text()],
  tag: ['tag', text()],
  path: SESSION_PARAMETERS.path,
  from: ['from', instant],
  to: ['to', instant],
  limit: SESSION_PARAMETERS.limit,
  cursor: SESSION_PARAMETERS.cursor,
} as const satisfies ParameterTable<EventsQuery>

/** The query of `GET /v1/events`, with its default of 50 a page. */
export function parseEventsQuery(parameters: URLSearchParams): ParsedQuery<EventsQuery> {
  const parsed = parseParameters<EventsQuery>(parameters, EVENT_PARAMETERS)
  return parsed.ok ? { ok: true, query: { limit: DEFAULT_LIMIT, ...parsed.values } } : parsed
}
