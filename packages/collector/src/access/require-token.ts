import type { IncomingMessage } from 'node:http'
import type { RequestHandler, Response } from 'express'
import { sendProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import type { Access, Role } from './access.ts'
import type { Guess, GuessLimit } from './guess-limit.ts'
import { loginCookieOf, logoutCookie } from './login-cookie.ts'

/** What is asked of a request before it may go on. */
export interface Gatekeeper {
  readonly access: Access
  readonly guesses: GuessLimit
}

const NOT_LOGGED_IN: Problem = {
  kind: 'not_logged_in',
  detail: 'Send the token as "Authorization: Bearer <token>", or log in at the dashboard.',
  headers: { 'WWW-Authenticate': 'Bearer realm="sojourn"' },
}

const CROSS_SITE: Problem = {
  kind: 'cross_site',
  detail:
    'A cookie counts for changes only when they come from the dashboard itself. Programs send the token.',
}

const READ_ONLY: Problem = {
  kind: 'read_only',
  detail: 'This token can only read. Changes need the admin token.',
}

/**
 * Lets through who holds a token, as bearer or by cookie; what is not a read, only with the admin token. A cookie alone changes nothing
 * when the request comes from another origin: `SameSite` does not stop a page on a sibling domain, which counts as the same site.
 */
export function requireToken(gatekeeper: Gatekeeper): RequestHandler {
  return async (req, res, next) => {
    const found = await recognise(req, gatekeeper)
    if (found.problem) {
      // A browser whose cookie has ended would go on to send it, and be taken for someone who guesses.
      if (found.isOldCookie) res.setHeader('Set-Cookie', logoutCookie(req.secure))
      return void sendProblem(res, found.problem)
    }
    const isRead = req.method === 'GET' || req.method === 'HEAD'
    if (!isRead && found.by === 'cookie' && !isSameOrigin(req)) return void sendProblem(res, CROSS_SITE)
    if (!isRead && found.role !== 'admin') return void sendProblem(res, READ_ONLY)
    res.locals['role'] = found.role
    next()
  }
}

/** What the holder of the token that `requireToken` let through may do. */
export function roleOf(res: Response): Role {
  return res.locals['role'] === 'admin' ? 'admin' : 'read'
}

/** True when a browser says that the page which sent this request is one of ours, or when no browser sent it. */
export function isSameOrigin(req: IncomingMessage): boolean {
  const { origin, host } = req.headers
  const site = req.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`
}

/** The role of a token, unless this client was wrong too often. */
export async function tryToken(
  req: IncomingMessage,
  token: string,
  { access, guesses }: Gatekeeper,
): Promise<Role | Problem> {
  return guess(req, 'token', guesses, (await access.keys()).roleOfToken(token))
}

type Recognised =
  | { readonly problem: Problem; readonly isOldCookie?: boolean }
  | { readonly problem?: undefined; readonly role: Role; readonly by: Guess }

async function recognise(req: IncomingMessage, gatekeeper: Gatekeeper): Promise<Recognised> {
  const bearer = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) {
    const role = await tryToken(req, bearer, gatekeeper)
    return typeof role === 'string' ? { role, by: 'token' } : { problem: role }
  }
  const cookie = loginCookieOf(req)
  if (cookie === undefined) return { problem: NOT_LOGGED_IN }
  const keys = await gatekeeper.access.keys()
  const role = guess(req, 'cookie', gatekeeper.guesses, keys.roleOfCookie(cookie))
  return typeof role === 'string'
    ? { role, by: 'cookie' }
    : { problem: role, isOldCookie: role === NOT_LOGGED_IN }
}

/** What a guess comes to. Whether it was right is not told to a client that was wrong too often. */
function guess(
  req: IncomingMessage,
  kind: Guess,
  guesses: GuessLimit,
  role: Role | undefined,
): Role | Problem {
  const tooMany = guesses.problem(req, kind)
  if (tooMany) return tooMany
  if (role === undefined) guesses.wrong(req, kind)
  return role ?? NOT_LOGGED_IN
}
