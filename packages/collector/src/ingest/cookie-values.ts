import type { IncomingMessage } from 'node:http'

/** The values of all cookies of this name that a request carries: several where a parent domain has one of the same name. */
export function cookieValues(req: IncomingMessage, name: string): readonly string[] {
  return (req.headers.cookie ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
  })
}
