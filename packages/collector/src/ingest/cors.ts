import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SourceDirectory } from './source-directory.ts'

/**
 * Lets the page that sent a request read the answer, errors too. An origin that a source names is answered by name, any other by `*`:
 * the answer holds counts only, and never goes with credentials. Whether the origin may *send* is decided by `authenticate`.
 */
export function setCorsHeaders(req: IncomingMessage, res: ServerResponse, sources: SourceDirectory): void {
  const origin = req.headers.origin
  const isNamed = origin !== undefined && sources.namesOrigin(origin)
  res.setHeader('Access-Control-Allow-Origin', isNamed ? origin : '*')
  res.setHeader('Access-Control-Expose-Headers', 'Retry-After')
  res.setHeader('Vary', 'Origin')
}

/**
 * Answers a preflight. It says yes to every origin: the write key stands in the body that the browser has yet to send, so only the request
 * itself can be refused. Senders of text/plain never ask.
 */
export function answerPreflight(res: ServerResponse): void {
  res.setHeader('Access-Control-Allow-Methods', 'POST')
  res.setHeader('Access-Control-Allow-Headers', 'Content-Type, Content-Encoding')
  res.setHeader('Access-Control-Max-Age', '7200')
  res.statusCode = 204
  res.end()
}
