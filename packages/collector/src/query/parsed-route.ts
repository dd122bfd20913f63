import type { Request, RequestHandler, Response } from 'express'
import { sendProblem } from '../problem.ts'
import type { ParsedQuery } from './sessions-parameters.ts'

/**
 * A route that runs only on a query that is understood; else it answers a 400 that names every parameter that is not.
 * What `answer` rejects with goes to the router's error handler.
 */
export function parsedRoute<Query>(
  parse: (parameters: URLSearchParams) => ParsedQuery<Query>,
  answer: (query: Query, req: Request, res: Response) => Promise<void>,
): RequestHandler {
  return async (req, res) => {
    const at = req.url.indexOf('?')
    const parsed = parse(new URLSearchParams(at < 0 ? '' : req.url.slice(at + 1)))
    if (parsed.ok) return answer(parsed.query, req, res)
    sendProblem(res, { kind: 'bad_parameter', detail: parsed.errors.join(' '), errors: parsed.errors })
  }
}
