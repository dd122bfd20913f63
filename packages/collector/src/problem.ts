import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

/** Every way in which a whole request can fail, with its status and title. A closed list, documented in docs/protocol.md. */
export const PROBLEMS = {
  not_json: { status: 400, title: 'The body is not JSON' },
  not_a_batch: { status: 400, title: 'The body is not a batch of events' },
  bad_request: { status: 400, title: 'The request is not readable' },
  bad_parameter: { status: 400, title: 'A parameter is not understood' },
  bad_definition: { status: 400, title: 'The definition is not valid' },
  bad_scoring: { status: 400, title: 'The rules are not valid' },
  bad_source: { status: 400, title: 'The source is not valid' },
  unknown_write_key: { status: 401, title: 'Unknown write key' },
  not_logged_in: { status: 401, title: 'The token is missing or wrong' },
  foreign_origin: { status: 403, title: 'This origin may not send for the source' },
  read_only: { status: 403, title: 'This token can only read' },
  link_refused: { status: 403, title: 'The link is not honoured' },
  cross_site: { status: 403, title: 'Another site may not do this' },
  not_found: { status: 404, title: 'There is no such thing' },
  method_not_allowed: { status: 405, title: 'This method does nothing here' },
  too_slow: { status: 408, title: 'The request took too long' },
  taken: { status: 409, title: 'This is taken' },
  too_large: { status: 413, title: 'The body is too large' },
  unsupported: { status: 415, title: 'The body comes in a form that is not read here' },
  too_many: { status: 429, title: 'Too many requests' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not available right now' },
  damaged: { status: 503, title: 'The stored data is damaged' },
} as const
export type ProblemKind = keyof typeof PROBLEMS

/** Why a whole request failed: one sentence that says how to mend it, never anything of the collector's inside. */
export interface Problem {
  readonly kind: ProblemKind
  readonly detail: string
  /** All that is wrong, where it is more than one thing. */
  readonly errors?: readonly string[]
  /** Which of a closed list of causes it was, where a program has to tell them apart. */
  readonly reason?: string
  /** Headers that belong to the answer, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The body of a failed request, RFC 9457 `application/problem+json`. */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** Also in the log beside a failure of ours, so that the two can be brought together. */
  readonly requestId: string
  readonly errors?: readonly string[]
  readonly reason?: string
}

/** Builds the document of a problem. The id is made once per failed request. */
export function problemDocument(problem: Problem, requestId: string): ProblemDocument {
  const { status, title } = PROBLEMS[problem.kind]
  const type = `urn:sojourn:problem:${problem.kind}`
  const { detail, errors, reason } = problem
  return { type, title, status, detail, requestId, ...(errors && { errors }), ...(reason && { reason }) }
}

/** Answers a request with a problem document and returns its id. Does nothing to an answer that has begun, but end it. */
export function sendProblem(res: ServerResponse, problem: Problem, requestId: string = randomUUID()): string {
  if (res.headersSent) {
    // Half an answer must not look like a whole one.
    res.destroy()
    return requestId
  }
  const body = JSON.stringify(problemDocument(problem, requestId))
  for (const [name, value] of Object.entries(problem.headers ?? {})) res.setHeader(name, value)
  res.setHeader('Content-Type', 'application/problem+json')
  res.setHeader('Content-Length', Buffer.byteLength(body))
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.statusCode = PROBLEMS[problem.kind].status
  res.end(body)
  return requestId
}

/** The problem of a collector that has all it can do: it says so early, rather than answer late. */
export const BUSY: Problem = {
  kind: 'unavailable',
  detail:
    'The collector has more to do than it can take. Nothing of the request was stored: send it again later.',
  headers: { 'Retry-After': '1' },
}

/** The problem of a storage that refuses to write: the sender still has its events, and tries again. */
export const STORE_UNAVAILABLE: Problem = {
  kind: 'unavailable',
  detail: 'The storage takes nothing right now. Nothing of the request was stored: send it again later.',
  headers: { 'Retry-After': '5' },
}

/** The problem of a read that meets damage: said, rather than answered with what may be wrong. The log says where. */
export const STORE_DAMAGED: Problem = {
  kind: 'damaged',
  detail:
    'What is stored of this is not what was written, so it is not answered. Nothing is lost by asking: run `sojourn verify` to see what is damaged, and `sojourn restore` to put a backup in its place.',
}
