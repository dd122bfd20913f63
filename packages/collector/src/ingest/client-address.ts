import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'

/** Whose `X-Forwarded-For` is believed: nobody's, that of the last n proxies, or of proxies at these addresses or ranges. */
export type TrustProxy = false | number | readonly string[]

/** A range such as `10.0.0.0/8`, an address, or one of `loopback`, `linklocal`, `uniquelocal`. */
export function isProxyRange(range: string): boolean {
  try {
    proxyAddr.compile(range)
    return true
  } catch {
    return false
  }
}

/** Makes the function that tells which address a request came from; undefined where the connection is already gone. */
export function createClientAddress(trust: TrustProxy): (req: IncomingMessage) => string | undefined {
  if (trust === false) return (req) => req.socket.remoteAddress
  const isTrusted =
    typeof trust === 'number' ? (_address: string, hop: number) => hop < trust : proxyAddr.compile([...trust])
  return (req) => (req.socket.remoteAddress === undefined ? undefined : proxyAddr(req, isTrusted))
}
