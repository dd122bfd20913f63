import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { sendProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { adminCookie } from './admin-cookie.ts'
import type { Access } from './admin-token.ts'

const NOT_LOGGED_IN: Problem = {
  kind: 'not_logged_in',
  detail: 'Send the admin token as "Authorization: Bearer <token>", or log in at the dashboard.',
  headers: { 'WWW-Authenticate': 'Bearer realm="sojourn"' },
}

const CROSS_SITE: Problem = {
  kind: 'cross_site',
  detail:
    'A cookie counts for changes only when they come from the dashboard itself. Programs send the token.',
}

/**
 * Lets through who holds the admin token, as bearer or by cookie. A cookie alone changes nothing when the request comes from another
 * origin: `SameSite` does not stop a page on a sibling domain, which counts as the same site.
 */
export function requireAdmin(access: Access): RequestHandler {
  return (req, res, next) => {
    const refused = whyRefused(req, access)
    if (refused) sendProblem(res, refused)
    else next()
  }
}

/** True when a browser says that the page which sent this request is one of ours, or when no browser sent it. */
export function isSameOrigin(req: IncomingMessage): boolean {
  const { origin, host } = req.headers
  const site = req.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`
}

function whyRefused(req: IncomingMessage, access: Access): Problem | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return access.isToken(bearer) ? undefined : NOT_LOGGED_IN
  const cookie = adminCookie(req)
  if (cookie === undefined || !access.isCookie(cookie)) return NOT_LOGGED_IN
  const isRead = req.method === 'GET' || req.method === 'HEAD'
  return isRead || isSameOrigin(req) ? undefined : CROSS_SITE
}
