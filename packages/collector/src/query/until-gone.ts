import type { Response } from 'express'

/** Aborted when the connection of a request ends before it was answered: its client left, and nobody waits any more. */
export function untilGone(res: Response): AbortSignal {
  const gone = new AbortController()
  res.once('close', () => {
    if (!res.writableFinished) gone.abort()
  })
  return gone.signal
}
