import { isId } from '@sojourn/protocol'

/** What `POST /v1/link` and `POST /v1/link/redeem` bring. */
export interface LinkRequest {
  readonly writeKey: string
  readonly token: string
}

/** Far above the longest token, sealed. */
const MAX_TOKEN_CHARS = 4_096

/** The request of an untrusted value; else a sentence that names the first field that is wrong. */
export function parseLinkRequest(value: unknown): LinkRequest | string {
  const given = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  const writeKey: unknown = given.get('writeKey')
  const token: unknown = given.get('token')
  if (!isId(writeKey)) return 'writeKey must be the write key of a source.'
  if (typeof token !== 'string' || token.length > MAX_TOKEN_CHARS) return 'token must be the token of a link.'
  return { writeKey, token }
}
