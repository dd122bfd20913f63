import type { ServerResponse } from 'node:http'

/** Less than anyone who heeds `Retry-After` waits, and long enough for all others to have their turn. */
const REST_MS = 250

/**
 * Once this answer is sent, reads nothing more from its connection for a moment. A sender that repeats at once what was refused would else be served as often as all
 * others together: while there is anything to read, Node takes one new connection per turn (https://github.com/libuv/libuv/pull/3696), so
 * that new senders would wait for seconds behind the stubborn ones.
 */
export function restAfter(res: ServerResponse): void {
  const { socket } = res
  if (!socket) return
  // Not before: Node reads on when an answer is finished, and once more in the tick after.
  res.once('finish', () =>
    setImmediate(() => {
      socket.pause()
      setTimeout(() => socket.resume(), REST_MS).unref()
    }),
  )
}
