import { attempt } from './attempt.ts'
import { cookieDomains } from './cookie-domains.ts'
import type { TextStorage } from './storage.ts'

/** Browsers keep a cookie no longer: 400 days, in seconds (RFC 6265bis, section 5.6.2). */
const LIFETIME_S = 34_560_000

/**
 * Short texts that all tabs of a site share: in cookies on the widest domain that the browser accepts, else in the storage. Each says
 * how long the name of its domain is, so that a stale one of another domain is told from ours. It writes no probe, and nothing of it
 * throws. On a server it does nothing.
 */
export const createCookieJar = (storage: TextStorage) => {
  const host = globalThis.location?.hostname ?? ''
  /** Those that may be ours; one, as soon as a cookie of ours was seen. */
  let domains = cookieDomains(host)

  /** The text that any tab wrote under the name. */
  const read = (name: string): string | undefined => {
    const cookies = `; ${attempt(() => document.cookie)}`
    for (const domain of domains) {
      const texts = cookies.split(`; ${name}=1.${domain.length}.`)
      if (texts[1]) {
        domains = [domain]
        // One for a narrower path stands before ours: RFC 6265, section 5.4.
        return texts.pop()!.split(';')[0]
      }
    }
    return storage[name]
  }

  /** Writes the text for so many seconds; without any, until the browser is closed. */
  const write = (name: string, text: string, lifetime: number | '' = LIFETIME_S): unknown =>
    attempt(() =>
      domains.some((domain) => {
        document.cookie = `${name}=1.${domain.length}.${text};path=/;samesite=lax;domain=${domain};max-age=${lifetime}${/s:/.test(location.protocol) ? ';secure' : ''}`
        // Any cookie will do: another tab may have written over ours by now, which is no refusal.
        return storage[name] !== read(name)
      }),
    ) || attempt(() => (storage[name] = text))

  /** The domain whose hosts share the texts; this host, where none is known. */
  const domain = (): string => (domains.length < 2 && domains[0]) || host

  return [read, write, domain] as const
}

export type CookieJar = ReturnType<typeof createCookieJar>
