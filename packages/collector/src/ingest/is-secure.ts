import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'
import type { TrustProxy } from './client-address.ts'

/** Makes the function that tells whether a browser spoke https, which only a trusted proxy in front can say. */
export function createIsSecure(trust: TrustProxy): (req: IncomingMessage) => boolean {
  if (trust === false) return () => false
  const isTrusted = typeof trust === 'number' ? () => trust > 0 : proxyAddr.compile([...trust])
  return (req) => {
    const { remoteAddress } = req.socket
    if (remoteAddress === undefined || !isTrusted(remoteAddress, 0)) return false
    const [protocol = ''] = String(req.headers['x-forwarded-proto'] ?? '').split(',')
    return protocol.trim().toLowerCase() === 'https'
  }
}
