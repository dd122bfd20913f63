import { Router, json } from 'express'
import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { sendProblem } from '../problem.ts'
import { loginCookie, logoutCookie } from './admin-cookie.ts'
import type { Access } from './admin-token.ts'
import { isSameOrigin } from './require-admin.ts'

/**
 * `POST /login {"token"}` answers 204 with the admin cookie, or 401; `POST /logout` answers 204 and ends the cookie.
 * Both only from our own pages: another site must not log anyone in or out.
 */
export function loginRoutes(access: Access): Router {
  const router = Router()
  router.use(['/login', '/logout'], (req, res, next) => {
    if (isSameOrigin(req)) return next()
    sendProblem(res, { kind: 'cross_site', detail: 'Only the dashboard itself can log in and out.' })
  })
  const logIn: RequestHandler = (req, res) => {
    const token = tokenOf(req)
    if (token === undefined || !access.isToken(token))
      return void sendProblem(res, { kind: 'not_logged_in', detail: 'This is not the admin token.' })
    res
      .setHeader('Set-Cookie', loginCookie(access.cookieFor(token), req.secure))
      .status(204)
      .end()
  }
  router.post('/login', json({ limit: '4kb' }), badBody, logIn)
  router.post('/logout', (req, res) => {
    res.setHeader('Set-Cookie', logoutCookie(req.secure)).status(204).end()
  })
  return router
}

const badBody: ErrorRequestHandler = (_error, _req, res, _next) => {
  sendProblem(res, { kind: 'bad_request', detail: 'Send {"token": "…"} as application/json.' })
}

function tokenOf(req: Request): string | undefined {
  const body: unknown = req.body
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined
  return typeof token === 'string' ? token : undefined
}
