import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import {
  GRANTED,
  MARKER,
  NUMBER,
  STATE_COOKIE,
  VISITOR,
  VISITOR_COOKIE,
  parseStateText,
  stateText,
} from '@sojourn/protocol'
import { cookieValues } from './cookie-values.ts'

/**
 * Whether answers renew the visitor cookie: not at all; on the domain that the request's `Host` and the cookie tell of; or on this one domain,
 * for a collector that does not see the visitor's `Host`.
 */
export type CookieRenewal = boolean | string

/** Browsers keep a cookie no longer: 400 days, in seconds (RFC 6265bis, section 5.6.2). */
const LIFETIME_S = 34_560_000

/** All cookies of a site together stay below this, in bytes, with 13 for the one that lives as long as the browser runs. */
const MAX_COOKIE_BYTES = 200 - 13

/**
 * The `Set-Cookie` by which a browser still knows its visitor when it has dropped the state cookie, after the seven days for which a script
 * may keep one: the visitor, the number of its sessions and the mark of its user, but no session, so that it never turns one back.
 * Readable by the SDK, and so not `HttpOnly`. Undefined without exactly one state cookie, for a text that is not one the SDK writes, for
 * a domain that is not the collector's own, and where both cookies would not fit.
 */
export function renewedCookie(
  req: IncomingMessage,
  renewal: CookieRenewal,
  isSecure: boolean,
): string | undefined {
  if (renewal === false) return undefined
  // Of two by the same name, on a domain and its parent, a server cannot tell which one counts. The SDK can.
  const [value, ...others] = cookieValues(req, STATE_COOKIE)
  const [, length = '', text] = /^1\.(\d{1,3})\.(.*)$/.exec(value ?? '') ?? []
  const state = parseStateText(text)
  if (!state || others.length > 0) return undefined
  const domain = domainOf(Number(length), renewal === true ? hostOf(req) : renewal)
  if (domain === undefined) return undefined
  const kept = stateText([
    state[NUMBER],
    0,
    0,
    1,
    0,
    state[GRANTED],
    state[VISITOR],
    state[MARKER],
    '',
    '',
    '',
  ])
  const cookie = `${VISITOR_COOKIE}=1.${domain.length}.${kept}`
  if (`${STATE_COOKIE}=${value}; ${cookie}`.length > MAX_COOKIE_BYTES) return undefined
  return [
    cookie,
    'Path=/',
    ...(domain === '' ? [] : [`Domain=${domain}`]),
    `Max-Age=${LIFETIME_S}`,
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ')
}

/** The domain of a cookie by how long its name is, empty for the host alone; undefined where this host cannot set it. */
function domainOf(length: number, host: string): string | undefined {
  if (length === 0) return ''
  const domain = host.slice(-length)
  // Neither an address nor a single label takes a domain: RFC 6265, section 5.1.3.
  const isOfHost = `.${host}`.endsWith(`.${domain}`) && domain.length === length
  return isOfHost && domain.includes('.') && isIP(host) === 0 ? domain : undefined
}

function hostOf(req: IncomingMessage): string {
  return /^([a-z0-9.-]+)(:\d+)?$/.exec(req.headers.host?.toLowerCase() ?? '')?.[1] ?? ''
}
