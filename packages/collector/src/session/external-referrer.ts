import type { PageContext } from '@sojourn/protocol'
import type { Referrer } from './session-state.ts'

/** Schemes under which another page or app can send a visitor. A `javascript:` or `data:` referrer is none, and would be a trap as a link. */
const SCHEMES = new Set(['http:', 'https:', 'android-app:', 'ios-app:'])

/**
 * The page that led to this one, if it is of another site; undefined otherwise, and for anything that is no URL.
 * Hosts are of one site when they are equal or one lies under the other, `www.` aside.
 */
export function externalReferrer(page: PageContext | undefined): Referrer | undefined {
  if (!page?.referrer) return undefined
  const referrer = parseUrl(page.referrer)
  if (!referrer || referrer.host === '' || !SCHEMES.has(referrer.protocol)) return undefined
  const own = page.url === undefined ? undefined : parseUrl(page.url)
  return own && isSameSite(own.hostname, referrer.hostname)
    ? undefined
    : { url: page.referrer, host: referrer.host }
}

function isSameSite(a: string, b: string): boolean {
  const [left, right] = [withoutWww(a), withoutWww(b)]
  return left === right || left.endsWith(`.${right}`) || right.endsWith(`.${left}`)
}

function withoutWww(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : host
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
