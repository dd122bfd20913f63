import { isId, parseSessionStamp } from '@sojourn/protocol'
import type { LinkClaims } from './link-token.ts'
import { isHost } from './link-token.ts'

/** What `POST /v1/link` asks for. */
export interface LinkWish {
  readonly writeKey: string
  readonly claims: Omit<LinkClaims, 'issuedAt'>
}

/** What `POST /v1/link/redeem` brings. */
export interface LinkReturn {
  readonly writeKey: string
  readonly token: string
  readonly host: string
}

/** Far above the longest token: ids of 128 characters each, sealed. */
const MAX_TOKEN_CHARS = 4_096

/** A wish for a token from an untrusted value; else a sentence that names the first field that is wrong. */
export function parseLinkWish(value: unknown): LinkWish | string {
  const given = fieldsOf(value)
  const writeKey = given.get('writeKey')
  const visitorId = given.get('visitorId')
  const host = given.get('host')
  const session = parseSessionStamp(given.get('session') ?? undefined)
  if (!isId(writeKey)) return 'writeKey must be the write key of a source.'
  if (!isId(visitorId)) return 'visitorId must be a text of 1 to 128 characters.'
  if (session === 'bad') return 'session must be a session as events carry it.'
  if (!isHost(host)) return HOST_WANTED
  return { writeKey, claims: { visitorId, host, ...(session && { session }) } }
}

/** A token that is brought back, from an untrusted value; else a sentence that names the first field that is wrong. */
export function parseLinkReturn(value: unknown): LinkReturn | string {
  const given = fieldsOf(value)
  const writeKey = given.get('writeKey')
  const token = given.get('token')
  const host = given.get('host')
  if (!isId(writeKey)) return 'writeKey must be the write key of a source.'
  if (typeof token !== 'string' || token.length > MAX_TOKEN_CHARS) return 'token must be the token of a link.'
  if (!isHost(host)) return HOST_WANTED
  return { writeKey, token, host }
}

const HOST_WANTED = 'host must be a host name in lower case, with a port or without.'

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}
