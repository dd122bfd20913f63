import type { EpochMs } from '@sojourn/protocol'
import { SESSION_SORTS } from '../store/queries.ts'
import type { SessionSort, SessionsQuery } from '../store/queries.ts'
import { FILTER_PARAMETERS, lonelyFilters } from './filter-parameters.ts'
import type { GivenFilters } from './filter-parameters.ts'
import { oneOf, parameter, parseParameters, text, whole } from './parameters.ts'
import type { ParameterTable } from './parameters.ts'

export const DEFAULT_LIMIT = 50
export const MAX_LIMIT = 500
const MAX_CURSOR_CHARS = 2_048
const MAX_SKIP = 1_000_000_000

interface Order {
  readonly sort: SessionSort
  readonly descending: boolean
}
type Given = GivenFilters & {
  readonly order: Order
  readonly limit: number
  readonly cursor: string
  readonly skip: number
}

const SORTS = SESSION_SORTS.flatMap((sort) => [sort, `-${sort}`])
const order = parameter<Order>(oneOf(SORTS).schema, (given) => {
  const descending = given.startsWith('-')
  const sort = SESSION_SORTS.find((known) => known === (descending ? given.slice(1) : given))
  return sort === undefined
    ? { mend: `must be one of ${SESSION_SORTS.join(', ')}, with - in front for descending` }
    : { value: { sort, descending } }
})

/** `limit` and `cursor` of everything that comes in pages. */
export const PAGE_PARAMETERS = {
  limit: ['limit', whole(1, MAX_LIMIT), `How many a page; default ${DEFAULT_LIMIT}.`],
  cursor: [
    'cursor',
    text(MAX_CURSOR_CHARS),
    'The "next" of the page before, with the same filters and sort.',
  ],
} as const satisfies ParameterTable<Pick<Given, 'limit' | 'cursor'>>

/** All parameters of an export: which sessions, and in which order. */
export const EXPORT_PARAMETERS = {
  ...FILTER_PARAMETERS,
  sort: ['order', order, 'What to sort by, with - in front for descending; default -start.'],
} as const satisfies ParameterTable<Omit<Given, 'limit' | 'cursor' | 'skip'>>

/** All parameters of `GET /v1/sessions`, by the names that the API gives them. */
export const SESSION_PARAMETERS = {
  ...EXPORT_PARAMETERS,
  ...PAGE_PARAMETERS,
  skip: [
    'skip',
    whole(0, MAX_SKIP),
    'How many to pass over: from the start of the list, or from the cursor. Cursors are cheaper.',
  ],
} as const satisfies ParameterTable<Given>

/** The parameters of what belongs to one session. */
export const ONE_SESSION_PARAMETERS = {
  definition: FILTER_PARAMETERS.definition,
} as const satisfies ParameterTable<Pick<Given, 'definition'>>
export const SESSION_EVENTS_PARAMETERS = {
  ...ONE_SESSION_PARAMETERS,
  ...PAGE_PARAMETERS,
} as const satisfies ParameterTable<Pick<Given, 'definition' | 'limit' | 'cursor'>>

export type ParsedQuery<Query> =
  { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly errors: readonly string[] }

/** The query of `GET /v1/sessions`, with its defaults: definition `client`, latest start first, 50 a page. */
export function parseSessionsQuery(parameters: URLSearchParams, now: EpochMs): ParsedQuery<SessionsQuery> {
  const parsed = parseParameters<Given>(parameters, SESSION_PARAMETERS)
  if (!parsed.ok) return parsed
  const lonely = lonelyFilters(parsed.values)
  if (lonely.length > 0) return { ok: false, errors: lonely }
  const { order = { sort: 'start', descending: true }, limit = DEFAULT_LIMIT, ...filters } = parsed.values
  return { ok: true, query: { definition: 'client', ...filters, now, ...order, limit } }
}

/** The page of a list of events: `limit`, `cursor`, and which definition tells the session. */
export function parseSessionEventsQuery(
  parameters: URLSearchParams,
): ParsedQuery<{ readonly definition: string; readonly limit: number; readonly cursor?: string }> {
  const parsed = parseParameters<Pick<Given, 'definition' | 'limit' | 'cursor'>>(
    parameters,
    SESSION_EVENTS_PARAMETERS,
  )
  if (!parsed.ok) return parsed
  return { ok: true, query: { definition: 'client', limit: DEFAULT_LIMIT, ...parsed.values } }
}

/** Which definition tells the one session that is asked for. */
export function parseSessionQuery(parameters: URLSearchParams): ParsedQuery<{ readonly definition: string }> {
  const parsed = parseParameters<Pick<Given, 'definition'>>(parameters, ONE_SESSION_PARAMETERS)
  return parsed.ok ? { ok: true, query: { definition: 'client', ...parsed.values } } : parsed
}
