import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { VISITOR_COOKIE, parseVisitorText, visitorText } from '@sojourn/protocol'
import { cookieValues } from './cookie-values.ts'

/**
 * Whether answers renew the visitor cookie: not at all; on the domain that the request's `Host` and the cookie tell of; or on this one domain,
 * for a collector that does not see the visitor's `Host`.
 */
export type CookieRenewal = boolean | string

/** Browsers keep a cookie no longer: 400 days, in seconds (RFC 6265bis, section 5.6.2). */
const LIFETIME_S = 34_560_000

/**
 * The `Set-Cookie` that makes the visitor cookie of a request last for 400 days, where scripts may write one for seven: the same text on the
 * same domain, and readable by the SDK, so not `HttpOnly`. Undefined without exactly one such cookie, for a text that is not one the SDK
 * writes, and for a domain that is not the collector's own.
 */
export function renewedCookie(
  req: IncomingMessage,
  renewal: CookieRenewal,
  isSecure: boolean,
): string | undefined {
  if (renewal === false) return undefined
  // Of two by the same name, on a domain and its parent, a server cannot tell which one counts. The SDK can, and removes the other.
  const [value, ...others] = cookieValues(req, VISITOR_COOKIE)
  if (value === undefined || others.length > 0 || !isVisitorCookie(value)) return undefined
  const domain = domainOf(Number(value.split('.')[1]), renewal === true ? hostOf(req) : renewal)
  if (domain === undefined) return undefined
  return [
    `${VISITOR_COOKIE}=${value}`,
    'Path=/',
    ...(domain === '' ? [] : [`Domain=${domain}`]),
    `Max-Age=${LIFETIME_S}`,
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ')
}

/** True for a text that the SDK writes, letter for letter, so that nothing else gets into a header. */
function isVisitorCookie(value: string): boolean {
  const [, labels = ''] = value.split('.')
  const visitor = parseVisitorText(value)
  if (!visitor || !/^\d{1,2}$/.test(labels) || !/^[\w.-]+$/.test(value)) return false
  return value === `1.${Number(labels)}.${visitorText(visitor)}`
}

/** The domain of a cookie by how many labels it has, empty for the host alone; undefined where this host cannot set it. */
function domainOf(labels: number, host: string): string | undefined {
  if (labels === 0) return ''
  const all = host.split('.')
  // Neither an address nor a single label takes a domain: RFC 6265, section 5.1.3.
  if (labels < 2 || all.length < labels || isIP(host) !== 0) return undefined
  return all.slice(-labels).join('.')
}

function hostOf(req: IncomingMessage): string {
  return /^([a-z0-9.-]+)(:\d+)?$/.exec(req.headers.host?.toLowerCase() ?? '')?.[1] ?? ''
}
