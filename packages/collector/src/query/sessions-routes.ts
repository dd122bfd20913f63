import { Router } from 'express'
import type { EpochMs } from '@sojourn/protocol'
import type { SourceDirectory } from '../ingest/source-directory.ts'
import { sendProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import type { Store } from '../store/store.ts'
import { eventObject } from './event-object.ts'
import { parseEventsQuery } from './events-parameters.ts'
import { parsedRoute } from './parsed-route.ts'
import { parseSessionEventsQuery, parseSessionQuery, parseSessionsQuery } from './sessions-parameters.ts'

export interface QueryParts {
  readonly store: Store
  readonly sources: SourceDirectory
  readonly now: () => EpochMs
}

const NO_SESSION: Problem = {
  kind: 'not_found',
  detail: 'There is no session of this id under this definition.',
}

/** `GET /sessions`, `/sessions/:id`, `/sessions/:id/events` and `/events`. */
export function sessionsRoutes({ store, sources, now }: QueryParts): Router {
  const router = Router()
  router.get(
    '/sessions',
    parsedRoute(
      (parameters) => parseSessionsQuery(parameters, now()),
      async (query, _req, res) => {
        const { rows, next } = await store.sessions(query)
        res.json({ sessions: rows, next })
      },
    ),
  )
  router.get(
    '/sessions/:id',
    parsedRoute(parseSessionQuery, async ({ definition }, req, res) => {
      const session = await store.session(definition, String(req.params['id']), now())
      if (session) res.json(session)
      else sendProblem(res, NO_SESSION)
    }),
  )
  router.get(
    '/sessions/:id/events',
    parsedRoute(parseSessionEventsQuery, async ({ definition, ...page }, req, res) => {
      const found = await store.sessionEvents(definition, String(req.params['id']), page)
      if (!found) return void sendProblem(res, NO_SESSION)
      res.json({ events: found.rows.map((row) => eventObject(row, sources)), next: found.next })
    }),
  )
  router.get(
    '/events',
    parsedRoute(parseEventsQuery, async (query, _req, res) => {
      const { rows, next } = await store.events(query)
      res.json({ events: rows.map((row) => eventObject(row, sources)), next })
    }),
  )
  return router
}
