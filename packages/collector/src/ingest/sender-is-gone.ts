import type { IncomingMessage } from 'node:http'

/**
 * True where the sender reset the connection before anyone asked who it was: then nobody can tell any more. What it sent must not be stored
 * without its address, since the repetition that follows would only be a duplicate of it. Ask before the body is read: what is asked once is
 * remembered. A Unix socket, which has no addresses, is not gone.
 */
export function isSenderGone({ socket }: IncomingMessage): boolean {
  return socket.remoteAddress === undefined && socket.localAddress !== undefined
}
