import type { IncomingMessage } from 'node:http'

const NAME = 'sojourn_admin'
const MAX_AGE_SECONDS = 30 * 24 * 60 * 60

/** The admin cookie of a request; undefined where there is none. */
export function adminCookie(req: IncomingMessage): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === NAME) return pair.slice(at + 1).trim()
  }
  return undefined
}

/** A `Set-Cookie` that logs in for 30 days: out of reach of scripts, and never sent along from another site. */
export function loginCookie(value: string, isSecure: boolean): string {
  return `${NAME}=${value}; Path=/; Max-Age=${MAX_AGE_SECONDS}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}

/** A `Set-Cookie` that logs out. */
export function logoutCookie(isSecure: boolean): string {
  return `${NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}
