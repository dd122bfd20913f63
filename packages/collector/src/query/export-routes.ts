import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import type { Response } from 'express'
import type { SessionObject } from '../session/session-object.ts'
import type { SessionsQuery, Store } from '../store/store.ts'
import { csvLine } from './csv.ts'
import { parsedRoute } from './parsed-route.ts'
import { SESSION_COLUMNS } from './session-columns.ts'
import { MAX_LIMIT, parseSessionsQuery } from './sessions-parameters.ts'
import type { ParsedQuery } from './sessions-parameters.ts'
import type { QueryParts } from './sessions-routes.ts'

/** `GET /sessions.csv` and `/sessions.ndjson`: every session that the filters of `/sessions` find, streamed; `limit` and `cursor` do not apply. */
export function exportRoutes({ store, now }: Pick<QueryParts, 'store' | 'now'>): Router {
  const router = Router()
  const parse = (parameters: URLSearchParams) => parseExportQuery(parameters, now())
  router.get(
    '/sessions.csv',
    parsedRoute(parse, (query, _req, res) => {
      res.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present')
      return stream(res, 'sessions.csv', csvLines(pages(store, query)))
    }),
  )
  router.get(
    '/sessions.ndjson',
    parsedRoute(parse, (query, _req, res) => {
      res.setHeader('Content-Type', 'application/x-ndjson')
      return stream(res, 'sessions.ndjson', ndjsonLines(pages(store, query)))
    }),
  )
  return router
}

function parseExportQuery(parameters: URLSearchParams, now: number): ParsedQuery<SessionsQuery> {
  const errors = ['limit', 'cursor']
    .filter((name) => parameters.has(name))
    .map((name) => `${name} does not apply to an export: all sessions are streamed.`)
  if (errors.length > 0) return { ok: false, errors }
  const parsed = parseSessionsQuery(parameters, now)
  return parsed.ok ? { ok: true, query: { ...parsed.query, limit: MAX_LIMIT } } : parsed
}

async function* pages(store: Store, query: SessionsQuery): AsyncGenerator<readonly SessionObject[]> {
  let cursor: string | null | undefined
  do {
    const page = await store.sessions(cursor ? { ...query, cursor } : query)
    yield page.rows
    cursor = page.next
  } while (cursor !== null)
}

async function* csvLines(rows: AsyncIterable<readonly SessionObject[]>): AsyncGenerator<string> {
  let head = csvLine(SESSION_COLUMNS.map(([name]) => name))
  for await (const page of rows) {
    yield head + page.map((session) => csvLine(SESSION_COLUMNS.map(([, read]) => read(session)))).join('')
    head = ''
  }
}

async function* ndjsonLines(rows: AsyncIterable<readonly SessionObject[]>): AsyncGenerator<string> {
  for await (const page of rows) yield page.map((session) => `${JSON.stringify(session)}\n`).join('')
}

async function stream(res: Response, filename: string, chunks: AsyncGenerator<string>): Promise<void> {
  // The first page is read before the answer begins, so that a cursor or a storage that fails is still answered as a problem.
  const first = await chunks.next()
  res.setHeader('Content-Disposition', `attachment; filename="${filename}"`)
  if (!first.done) res.write(first.value)
  try {
    await pipeline(Readable.from(chunks), res)
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
    if (!isGone) throw error
  }
}
