import type { EpochMs } from '@sojourn/protocol'
import { LIFECYCLES, SESSION_STATUSES } from '../session/session-object.ts'
import { SESSION_SORTS } from '../store/store.ts'
import type { SessionSort, SessionsQuery } from '../store/store.ts'
import { flag, instant, number, oneOf, parseParameters, text, whole } from './parameters.ts'
import type { ParameterTable, ParseParameter } from './parameters.ts'

/** The definitions there are. */
export const DEFINITIONS = ['client'] as const

export const DEFAULT_LIMIT = 50
export const MAX_LIMIT = 500
const MAX_PATH_CHARS = 8_192
const MAX_CURSOR_CHARS = 2_048

interface Order {
  readonly sort: SessionSort
  readonly descending: boolean
}
type Given = Omit<SessionsQuery, 'now' | 'sort' | 'descending' | 'definition'> & {
  readonly definition: (typeof DEFINITIONS)[number]
  readonly order: Order
}

const count = whole(0, Number.MAX_SAFE_INTEGER)

/** All filters of `GET /v1/sessions`, by the names that the API gives them. */
export const SESSION_PARAMETERS = {
  definition: ['definition', oneOf(DEFINITIONS)],
  profile: ['profile', text()],
  visitor: ['visitor', text()],
  source: ['source', text()],
  sourceType: ['sourceType', text()],
  from: ['from', instant],
  to: ['to', instant],
  minDuration: ['minDuration', count],
  maxDuration: ['maxDuration', count],
  minEvents: ['minEvents', count],
  maxEvents: ['maxEvents', count],
  minPoints: ['minPoints', number],
  entry: ['entry', text()],
  exit: ['exit', text()],
  entryPath: ['entryPath', text(MAX_PATH_CHARS)],
  exitPath: ['exitPath', text(MAX_PATH_CHARS)],
  event: ['event', text()],
  tag: ['tag', text()],
  path: ['path', text(MAX_PATH_CHARS)],
  goal: ['goal', text()],
  converted: ['converted', flag],
  lifecycle: ['lifecycle', oneOf(LIFECYCLES)],
  status: ['status', oneOf(SESSION_STATUSES)],
  device: ['device', text()],
  country: ['country', parseCountry],
  utm_source: ['utmSource', text(512)],
  utm_medium: ['utmMedium', text(512)],
  utm_campaign: ['utmCampaign', text(512)],
  utm_term: ['utmTerm', text(512)],
  utm_content: ['utmContent', text(512)],
  sort: ['order', parseSort],
  limit: ['limit', whole(1, MAX_LIMIT)],
  cursor: ['cursor', text(MAX_CURSOR_CHARS)],
} as const satisfies ParameterTable<Given>

export type ParsedQuery<Query> =
  { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly errors: readonly string[] }

/** The query of `GET /v1/sessions`, with its defaults: definition `client`, latest start first, 50 a page. */
export function parseSessionsQuery(parameters: URLSearchParams, now: EpochMs): ParsedQuery<SessionsQuery> {
  const parsed = parseParameters<Given>(parameters, SESSION_PARAMETERS)
  if (!parsed.ok) return parsed
  const { order = { sort: 'start', descending: true }, limit = DEFAULT_LIMIT, ...filters } = parsed.values
  return { ok: true, query: { definition: 'client', ...filters, now, ...order, limit } }
}

/** The page of a list of events: `limit`, `cursor`, and which definition tells the session. */
export function parseSessionEventsQuery(
  parameters: URLSearchParams,
): ParsedQuery<{ readonly definition: string; readonly limit: number; readonly cursor?: string }> {
  const { definition, limit, cursor } = SESSION_PARAMETERS
  const parsed = parseParameters<Pick<Given, 'definition' | 'limit' | 'cursor'>>(parameters, {
    definition,
    limit,
    cursor,
  })
  if (!parsed.ok) return parsed
  return { ok: true, query: { definition: 'client', limit: DEFAULT_LIMIT, ...parsed.values } }
}

/** Which definition tells the one session that is asked for. */
export function parseSessionQuery(parameters: URLSearchParams): ParsedQuery<{ readonly definition: string }> {
  const { definition } = SESSION_PARAMETERS
  const parsed = parseParameters<Pick<Given, 'definition'>>(parameters, { definition })
  return parsed.ok ? { ok: true, query: { definition: 'client', ...parsed.values } } : parsed
}

function parseSort(given: string): ReturnType<ParseParameter<Order>> {
  const descending = given.startsWith('-')
  const sort = SESSION_SORTS.find((known) => known === (descending ? given.slice(1) : given))
  return sort === undefined
    ? { mend: `must be one of ${SESSION_SORTS.join(', ')}, with - in front for descending` }
    : { value: { sort, descending } }
}

function parseCountry(given: string): ReturnType<ParseParameter<string>> {
  return /^[a-z]{2}$/i.test(given)
    ? { value: given.toUpperCase() }
    : { mend: 'must be the two letters of ISO 3166-1, such as FR' }
}
