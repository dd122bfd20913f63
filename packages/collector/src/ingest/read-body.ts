import type { IncomingMessage } from 'node:http'
import { MAX_BODY_BYTES } from '@sojourn/protocol'
import type { RoomSeat } from '../limit/byte-room.ts'
import { BUSY } from '../problem.ts'
import type { Problem } from '../problem.ts'

/** The body as it came; or why it is not read; or nothing, where the sender went away in the middle. */
export type ReadBody =
  | { readonly kind: 'body'; readonly bytes: Buffer }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'gone' }

/** A body over the limit is read on and thrown away up to here, so that the sender reads our answer and not a broken connection. */
const MAX_DRAINED_BYTES = 8 * 1024 * 1024

export const TOO_LARGE: Problem = {
  kind: 'too_large',
  detail: `A body can have at most ${MAX_BODY_BYTES / 1024} KiB, before and after decompression. Send the events in smaller batches.`,
}

const READ_BY_HOST: Problem = {
  kind: 'internal',
  detail:
    "A body parser has read this request before the collector could. Mount the collector's router before express.json(), express.text() and the like.",
}

/**
 * Reads a request's body, up to `MAX_BODY_BYTES` and as far as its seat has room. A declared length over it is answered at once, an
 * undeclared one as soon as it is over. Never rejects; the seat is the caller's to leave.
 */
export function readBody(req: IncomingMessage, seat: RoomSeat): Promise<ReadBody> {
  if (req.readableDidRead) return Promise.resolve({ kind: 'problem', problem: READ_BY_HOST })
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    let isRefused = false
    const refuse = (problem: Problem) => {
      isRefused = true
      chunks.length = 0
      resolve({ kind: 'problem', problem })
    }
    if (Number(req.headers['content-length']) > MAX_BODY_BYTES) refuse(TOO_LARGE)
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_DRAINED_BYTES) req.destroy()
      if (isRefused) return
      if (size > MAX_BODY_BYTES) refuse(TOO_LARGE)
      else if (seat.grow(chunk.length)) chunks.push(chunk)
      else refuse(BUSY)
    })
    req.on('end', () =>
      resolve({ kind: 'body', bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) }),
    )
    req.on('error', () => resolve({ kind: 'gone' }))
    req.on('close', () => resolve({ kind: 'gone' }))
  })
}
