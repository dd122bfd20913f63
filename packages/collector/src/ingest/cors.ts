import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SourceDirectory } from './source-directory.ts'

/**
 * Lets the page that sent a request read the answer, errors too. An origin that a source names is answered by name, any other by `*`:
 * the answer holds counts only. Whether the origin may *send* is decided by `authenticate`.
 */
export function setCorsHeaders(
  req: IncomingMessage,
  res: ServerResponse,
  sources: Pick<SourceDirectory, 'namesOrigin'>,
): void {
  const origin = req.headers.origin
  res.setHeader('Access-Control-Allow-Origin', isNamed(origin, sources) ? origin : '*')
  res.setHeader('Access-Control-Expose-Headers', 'Retry-After')
  res.setHeader('Vary', 'Origin')
}

/** Lets a page send its cookies along, and still read the answer; only one whose origin a source names. After `setCorsHeaders`. */
export function allowCookies(
  req: IncomingMessage,
  res: ServerResponse,
  sources: Pick<SourceDirectory, 'namesOrigin'>,
): void {
  if (isNamed(req.headers.origin, sources)) res.setHeader('Access-Control-Allow-Credentials', 'true')
}

function isNamed(
  origin: string | undefined,
  sources: Pick<SourceDirectory, 'namesOrigin'>,
): origin is string {
  // A page without an origin of its own, such as a sandboxed frame of anyone's, says "null".
  return origin !== undefined && origin !== 'null' && sources.namesOrigin(origin)
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
