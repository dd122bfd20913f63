import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

const GRACE_MS = 10_000
const IDLE_CHECK_MS = 20

/**
 * Prepares the end of a server that does not listen yet, and returns what brings it about: it takes no more requests, finishes those that it
 * took (within ten seconds), and resolves when the last connection is closed.
 */
export function prepareClose(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  return async () => {
    const closed = once(server, 'close')
    server.close()
    const idle = setInterval(() => closeIdle(server, sockets), IDLE_CHECK_MS)
    const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    closeIdle(server, sockets)
    await closed
    clearInterval(idle)
    clearTimeout(grace)
  }
}

/** A connection that has had its last answer stays open for the next request, which nobody would take. */
function closeIdle(server: Server, sockets: ReadonlySet<Socket>): void {
  server.closeIdleConnections()
  // Browsers open connections ahead of need; Node counts one that never asked for anything as busy.
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
}
