import { Router } from 'express'
import type { Request, RequestHandler } from 'express'
import { CLIENT as CLIENT_DEFINITION } from '../definition/built-in.ts'
import { FILTER_PARAMETERS } from '../query/filter-parameters.ts'
import { whenTold } from '../store/when-told.ts'
import { sendProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { eventObject } from '../query/event-object.ts'
import { EVENT_FILTER_PARAMETERS } from '../query/events-parameters.ts'
import { parseParameters } from '../query/parameters.ts'
import type { ParameterTable } from '../query/parameters.ts'
import { parsedRoute } from '../query/parsed-route.ts'
import type { ParsedQuery } from '../query/sessions-parameters.ts'
import type { QueryParts } from '../query/sessions-routes.ts'
import type { EventFilters } from '../store/queries.ts'
import type { EventTail } from '../store/store.ts'
import type { StreamMessage } from './event-stream.ts'
import { MAX_STREAMS } from './live-desk.ts'
import type { LiveDesk, LiveWish } from './live-desk.ts'

/** What the live routes work with. */
export interface LiveParts extends QueryParts {
  readonly live: LiveDesk
}

interface GivenLive extends EventFilters {
  readonly definition?: string
}

/** The parameters of `GET /v1/events/live`. */
export const LIVE_EVENTS_PARAMETERS = EVENT_FILTER_PARAMETERS

/** The parameters of `GET /v1/sessions/live`. */
export const LIVE_SESSIONS_PARAMETERS = {
  source: [
    'source',
    EVENT_FILTER_PARAMETERS.source[1],
    'Sessions that get an event of this source: its id or its name.',
  ],
  visitor: ['visitor', EVENT_FILTER_PARAMETERS.visitor[1], 'Sessions that get an event of this visitor.'],
  definition: FILTER_PARAMETERS.definition,
} as const satisfies ParameterTable<Pick<GivenLive, 'source' | 'visitor' | 'definition'>>

const CLIENT = CLIENT_DEFINITION.name
const EVENTS_REST_MS = 100
/** A session that gets many events is told once in this time. */
const SESSIONS_REST_MS = 500

const NO_ROOM: Problem = {
  kind: 'unavailable',
  detail: 'As many live streams are open as may be. Close one, or try again later.',
  headers: { 'Retry-After': '30' },
}

/** `GET /events/live` and `/sessions/live`: server-sent events of what has just been stored. */
export function liveRoutes(parts: LiveParts): Router {
  const { live, sources, store, now } = parts
  const router = Router()
  const route = (
    table: ParameterTable<GivenLive>,
    wishFor: (definition: string) => Pick<LiveWish, 'tell' | 'restMs'>,
  ): RequestHandler =>
    parsedRoute(
      (parameters) => parseLiveQuery(parameters, table),
      async ({ definition = CLIENT, ...filters }, req, res) => {
        // One that is not there, or not told yet, is answered as such while there is no stream.
        if (definition !== CLIENT) await store.session(definition, 'none', now())
        if (req.method === 'HEAD') return void res.setHeader('Content-Type', 'text/event-stream').end()
        if (live.streams >= MAX_STREAMS) return void sendProblem(res, NO_ROOM)
        await live.follow(res, { ...wishFor(definition), filters, after: lastEventId(req) })
      },
    )

  const tellEvents: LiveWish['tell'] = async (rows) =>
    rows.map((row) => ({ id: row.place, data: eventObject(row, sources) }))
  router.get(
    '/events/live',
    route(LIVE_EVENTS_PARAMETERS, () => ({ tell: tellEvents, restMs: EVENTS_REST_MS })),
  )
  router.get(
    '/sessions/live',
    route(LIVE_SESSIONS_PARAMETERS, (definition) => ({
      tell: (rows) => tellSessions(rows, definition, parts),
      restMs: SESSIONS_REST_MS,
    })),
  )
  return router
}

function parseLiveQuery(
  parameters: URLSearchParams,
  table: ParameterTable<GivenLive>,
): ParsedQuery<GivenLive> {
  const parsed = parseParameters<GivenLive>(parameters, table)
  return parsed.ok ? { ok: true, query: parsed.values } : parsed
}

/** Each session of the events once, as it is now, in the order of their last events: so a reader that is cut off misses none. */
async function tellSessions(
  rows: EventTail['rows'],
  definition: string,
  { store, now }: Pick<LiveParts, 'store' | 'now'>,
): Promise<readonly StreamMessage[]> {
  const places = new Map<string, string>()
  for (const { fact, sessionId: stamped, place } of rows) {
    const sessionId =
      definition === CLIENT ? stamped : await whenTold(() => store.sessionOfEvent(definition, fact.event))
    if (sessionId === undefined) continue
    places.delete(sessionId)
    places.set(sessionId, place)
  }
  const messages: StreamMessage[] = []
  for (const [sessionId, place] of places) {
    const session = await whenTold(() => store.session(definition, sessionId, now()))
    if (session) messages.push({ id: place, data: session })
  }
  return messages
}

function lastEventId(req: Request): string | undefined {
  const given = req.headers['last-event-id']
  return typeof given === 'string' && given !== '' ? given : undefined
}
