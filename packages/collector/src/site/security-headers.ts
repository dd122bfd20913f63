import helmet from 'helmet'
import type { RequestHandler } from 'express'

/** What every page and answer may do: only what comes from here, no inline script or style, in no frame. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
}

/** Headers for the dashboard and the API. Strict-Transport-Security is the proxy's to set: it knows whether all of the domain speaks https. */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: CONTENT_SECURITY_POLICY,
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' },
}) as RequestHandler

/** The same for the demo, whose pages have to know which page a visitor came from. */
export const demoHeaders: RequestHandler = helmet({
  contentSecurityPolicy: CONTENT_SECURITY_POLICY,
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
}) as RequestHandler
