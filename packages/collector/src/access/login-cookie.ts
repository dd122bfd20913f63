import type { IncomingMessage } from 'node:http'
import { cookieValues } from '../ingest/cookie-values.ts'

const NAME = 'sojourn_admin'
const MAX_AGE_SECONDS = 30 * 24 * 60 * 60

/** The login cookie of a request; undefined where there is none. */
export function loginCookieOf(req: IncomingMessage): string | undefined {
  return cookieValues(req, NAME)[0]
}

/** A `Set-Cookie` that logs in for 30 days: out of reach of scripts, and never sent along from another site. */
export function loginCookie(value: string, isSecure: boolean): string {
  return `${NAME}=${value}; Path=/; Max-Age=${MAX_AGE_SECONDS}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}

/** A `Set-Cookie` that logs out. */
export function logoutCookie(isSecure: boolean): string {
  return `${NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}
