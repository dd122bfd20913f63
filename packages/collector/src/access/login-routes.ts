import { Router, json } from 'express'
import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { sendProblem } from '../problem.ts'
import { loginCookie, logoutCookie } from './login-cookie.ts'
import { isSameOrigin, tryToken } from './require-token.ts'
import type { Gatekeeper } from './require-token.ts'
import { cookieFor } from './token-hash.ts'

/**
 * `POST /login {"token"}` answers 204 with the login cookie, 401, or 429 after too many wrong ones; `POST /logout` answers 204 and ends the
 * cookie. Both only from our own pages: another site must not log anyone in or out.
 */
export function loginRoutes(gatekeeper: Gatekeeper): Router {
  const router = Router()
  router.use(['/login', '/logout'], (req, res, next) => {
    if (req.method !== 'POST' || isSameOrigin(req)) return next()
    sendProblem(res, { kind: 'cross_site', detail: 'Only the dashboard itself can log in and out.' })
  })
  const logIn: RequestHandler = async (req, res) => {
    const token = tokenOf(req)
    if (token === undefined) return void sendProblem(res, WANTED)
    const role = await tryToken(req, token, gatekeeper)
    if (typeof role !== 'string') return void sendProblem(res, role)
    res
      .setHeader('Set-Cookie', loginCookie(cookieFor(token), req.secure))
      .status(204)
      .end()
  }
  router.post('/login', json({ limit: '4kb' }), badBody, logIn)
  router.post('/logout', (req, res) => {
    res.setHeader('Set-Cookie', logoutCookie(req.secure)).status(204).end()
  })
  return router
}

const WANTED = { kind: 'bad_request', detail: 'Send {"token": "…"} as application/json.' } as const

const badBody: ErrorRequestHandler = (_error, _req, res, _next) => {
  sendProblem(res, WANTED)
}

function tokenOf(req: Request): string | undefined {
  const body: unknown = req.body
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined
  return typeof token === 'string' ? token : undefined
}
