import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { PROBLEMS, problemDocument } from './problem.ts'
import type { Problem } from './problem.ts'

/**
 * Answers a request that Node could not read, with the same kind of document as any other failure, and closes the connection.
 * On a connection that has been answered before, another answer may be under way, and bytes in between would corrupt it: it is just closed.
 */
export function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Duplex & { bytesWritten?: number },
): void {
  if (!socket.writable || error.code === 'ECONNRESET' || socket.bytesWritten !== 0)
    return void socket.destroy()
  const problem = problemOf(error.code)
  const body = JSON.stringify(problemDocument(problem, randomUUID()))
  const lines = [
    `HTTP/1.1 ${PROBLEMS[problem.kind].status} ${PROBLEMS[problem.kind].title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Access-Control-Allow-Origin: *',
    'Connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

function problemOf(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW')
    return { kind: 'headers_too_large', detail: 'Send fewer or shorter headers.' }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return {
      kind: 'too_slow',
      detail: 'The request was not there in time. Nothing of it was stored: send it again.',
    }
  return { kind: 'bad_request', detail: 'The request is not HTTP, or ended before its body did.' }
}
