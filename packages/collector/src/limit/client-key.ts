import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { TrustProxy } from '../ingest/client-address.ts'
import { createClientAddress } from '../ingest/client-address.ts'
import { addressPrefix, plainAddress } from '../ingest/keep-address.ts'

/** Groups of an IPv6 address that one customer is given all addresses of: RFC 6177, /64. */
const CUSTOMER_GROUPS = 4

/**
 * Makes the function that tells clients apart for limits: by IPv4 address, or by the /64 network of an IPv6 one. Undefined for this machine's
 * own programs, and for a proxy on it that `SOJOURN_TRUST_PROXY` does not name: behind it all visitors are one address, which says nothing.
 */
export function createClientKey(trust: TrustProxy): (req: IncomingMessage) => string | undefined {
  const clientAddress = createClientAddress(trust)
  return (req) => {
    // Proxies forward anything. What is no address is the proxy's own.
    const address = plainAddress(clientAddress(req)) ?? plainAddress(req.socket.remoteAddress)
    if (address === undefined || address === '::1' || address.startsWith('127.')) return undefined
    return isIP(address) === 4 ? address : addressPrefix(address, CUSTOMER_GROUPS)
  }
}
