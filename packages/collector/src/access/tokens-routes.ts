import { Router, json } from 'express'
import { sendProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { ROLES } from './access.ts'
import type { Access, Role } from './access.ts'
import { loginCookie, loginCookieOf } from './login-cookie.ts'
import { roleOf } from './require-token.ts'
import { cookieFor } from './token-hash.ts'

/**
 * `GET /login` (what this token may do), `GET /tokens` (which there are), `POST /tokens {"access"}` (201 with a new token, the only time it is
 * shown; the old one of its kind ends) and `DELETE /tokens/read`. 409 where a setting is the token.
 */
export function tokensRoutes(access: Access): Router {
  const router = Router()
  router.get('/login', (_req, res) => {
    res.json({ access: roleOf(res) })
  })
  router.get('/tokens', async (_req, res) => {
    const keys = await access.keys()
    res.json({ tokens: ROLES.map((role) => ({ access: role, origin: keys.origin(role) })) })
  })
  router.post('/tokens', json({ limit: '4kb' }), async (req, res) => {
    const role = roleWanted(req.body)
    if (!role)
      return void sendProblem(res, {
        kind: 'bad_request',
        detail: 'Send {"access": "admin"} or {"access": "read"}.',
      })
    const made = await access.rotate(role)
    if (made === 'setting') return void sendProblem(res, configured(role))
    // Who changes the token in the dashboard stays logged in there.
    if (role === 'admin' && req.headers.authorization === undefined && loginCookieOf(req) !== undefined)
      res.setHeader('Set-Cookie', loginCookie(cookieFor(made.token), req.secure))
    res.status(201).json({ access: role, token: made.token })
  })
  router.delete('/tokens/read', async (_req, res) => {
    if ((await access.keys()).origin('read') === 'setting') return void sendProblem(res, configured('read'))
    if (await access.endReading()) res.status(204).end()
    else sendProblem(res, { kind: 'not_found', detail: 'There is no read-only token.' })
  })
  return router
}

function roleWanted(body: unknown): Role | undefined {
  const wanted = typeof body === 'object' && body !== null && 'access' in body ? body.access : undefined
  return ROLES.find((role) => role === wanted)
}

function configured(role: Role): Problem {
  return {
    kind: 'taken',
    detail: `This token is set by SOJOURN_${role.toUpperCase()}_TOKEN. Change it there.`,
  }
}
