import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import { STORE_DAMAGED, STORE_UNAVAILABLE, sendProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { NoSuchDefinition, StillTelling } from '../store/kept-definition.ts'
import { AskerGone, BadCursor, StoreDamaged, StoreUnavailable } from '../store/store.ts'

const BAD_CURSOR: Problem = {
  kind: 'bad_parameter',
  detail: 'cursor must be the "next" of the page before, with the same filters and sort.',
  errors: ['cursor must be the "next" of the page before, with the same filters and sort.'],
}

/** The one place where what a route throws becomes an answer. Only faults of ours are logged, with the id that the answer holds. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, _req, res, _next) => {
    if (error instanceof AskerGone) return
    const known = knownProblem(error)
    const requestId = sendProblem(
      res,
      known ?? { kind: 'internal', detail: 'The fault is ours. The log has more under this request id.' },
    )
    if (!known || known === STORE_UNAVAILABLE || known === STORE_DAMAGED)
      log.error({ err: error, requestId }, 'a request failed')
  }
}

function knownProblem(error: unknown): Problem | undefined {
  if (error instanceof BadCursor) return BAD_CURSOR
  if (error instanceof NoSuchDefinition)
    return { kind: 'bad_parameter', detail: error.message, errors: [`definition: ${error.message}`] }
  if (error instanceof StillTelling)
    return {
      kind: 'unavailable',
      detail: error.message,
      reason: 'still_telling',
      headers: { 'Retry-After': '2' },
    }
  if (error instanceof StoreDamaged) return STORE_DAMAGED
  if (error instanceof StoreUnavailable) return STORE_UNAVAILABLE
  // Express and its body parser mark what is the client's fault with a status; their messages may repeat the client's text.
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) return { kind: 'too_large', detail: 'The body is larger than this route takes.' }
  if (status === 415) return { kind: 'unsupported', detail: 'Send UTF-8 JSON, as it is or with gzip.' }
  if (typeof status === 'number' && status >= 400 && status < 500)
    return { kind: 'bad_request', detail: 'The address or the body of the request is malformed.' }
  return undefined
}
