import { Router } from 'express'
import type { EventsQuery } from '../store/queries.ts'
import { eventObject } from './event-object.ts'
import { parseEventsQuery } from './events-parameters.ts'
import { parsedRoute } from './parsed-route.ts'
import { csvLines } from './csv-lines.ts'
import { EVENT_COLUMNS } from './event-columns.ts'
import { SESSION_COLUMNS } from './session-columns.ts'
import { MAX_LIMIT, parseSessionsQuery } from './sessions-parameters.ts'
import type { ParsedQuery } from './sessions-parameters.ts'
import type { QueryParts } from './sessions-routes.ts'
import { allPages, ndjsonLines, streamFile } from './stream-rows.ts'

const NDJSON = 'application/x-ndjson'
const CSV = 'text/csv; charset=utf-8; header=present'

/**
 * `GET /sessions.csv`, `/sessions.ndjson`, `/events.csv` and `/events.ndjson`: everything that the filters of `/sessions` and `/events` find, streamed; `limit`,
 * `cursor` and `skip` do not apply.
 */
export function exportRoutes({ store, sources, now }: QueryParts): Router {
  const router = Router()
  const parseSessions = whole((parameters) => parseSessionsQuery(parameters, now()))
  router.get(
    '/sessions.csv',
    parsedRoute(parseSessions, (query, _req, res) => {
      const pages = allPages((cursor) => store.sessions(cursor === undefined ? query : { ...query, cursor }))
      return streamFile(res, {
        filename: 'sessions.csv',
        type: CSV,
        chunks: csvLines(SESSION_COLUMNS, pages),
      })
    }),
  )
  router.get(
    '/sessions.ndjson',
    parsedRoute(parseSessions, (query, _req, res) => {
      const pages = allPages((cursor) => store.sessions(cursor === undefined ? query : { ...query, cursor }))
      return streamFile(res, { filename: 'sessions.ndjson', type: NDJSON, chunks: ndjsonLines(pages) })
    }),
  )
  const allEvents = (query: EventsQuery) =>
    allPages(async (cursor) => {
      const { rows, next } = await store.events(cursor === undefined ? query : { ...query, cursor })
      return { rows: rows.map((row) => eventObject(row, sources)), next }
    })
  router.get(
    '/events.csv',
    parsedRoute(whole(parseEventsQuery), (query, _req, res) => {
      const chunks = csvLines(EVENT_COLUMNS, allEvents(query))
      return streamFile(res, { filename: 'events.csv', type: CSV, chunks })
    }),
  )
  router.get(
    '/events.ndjson',
    parsedRoute(whole(parseEventsQuery), (query, _req, res) => {
      const chunks = ndjsonLines(allEvents(query))
      return streamFile(res, { filename: 'events.ndjson', type: NDJSON, chunks })
    }),
  )
  return router
}

/** The query of a list, without `limit`, `cursor` and `skip`, and read in the largest pages there are. */
function whole<Query extends { readonly limit: number }>(
  parse: (parameters: URLSearchParams) => ParsedQuery<Query>,
): (parameters: URLSearchParams) => ParsedQuery<Query> {
  return (parameters) => {
    const errors = ['limit', 'cursor', 'skip']
      .filter((name) => parameters.has(name))
      .map((name) => `${name} does not apply to an export: everything is streamed.`)
    if (errors.length > 0) return { ok: false, errors }
    const parsed = parse(parameters)
    return parsed.ok ? { ok: true, query: { ...parsed.query, limit: MAX_LIMIT } } : parsed
  }
}
