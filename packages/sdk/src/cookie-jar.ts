import { SESSION_COOKIE, VISITOR_COOKIE } from '@sojourn/protocol'
import { domainLabels, lastLabels } from './cookie-domain.ts'
import type { Environment } from './environment.ts'
import { attempt } from './attempt.ts'

/** Browsers keep a cookie no longer: 400 days, in seconds (RFC 6265bis, section 5.6.2). */
const LIFETIME_S = 34_560_000
/** Says that consent was given, where it is required. */
export const CONSENT_COOKIE = 'sj_c'
/** Lives as long as the browser runs, where closing it ends sessions. */
export const BROWSER_COOKIE = 'sj_b'

const NAMES = [VISITOR_COOKIE, SESSION_COOKIE, CONSENT_COOKIE, BROWSER_COOKIE]

/** Short texts that all tabs of a site share: in cookies, else in `localStorage`, else nowhere. Nothing of it throws. */
export interface CookieJar {
  /** Changes whenever one of the texts does. */
  all(): string
  /** What any tab wrote under the name, as `1.<labels>.<text>`: of how many labels the cookie's domain consists, and the text. */
  read(name: string): string | undefined
  /** Writes the text for 400 days, or until the browser is closed. */
  write(name: string, text: string, untilClosed?: boolean): void
  /** The domain whose hosts share the texts; this host, where none is known. */
  domain(): string
  /** Removes everything that any tab wrote. */
  clear(): void
}

/** The jar of this page. It writes no probe, and nothing at all before the first `write`. */
export function createCookieJar({ load, save }: Environment): CookieJar {
  const host = location.hostname
  const choices = domainLabels(host)
  /** Of how many labels the domain of our cookies consists; undefined until one was read or written. */
  let ours: number | undefined
  /** Cookies were refused, so that the texts are in `localStorage`. */
  let refused = !!load(VISITOR_COOKIE)

  const all = () =>
    refused ? NAMES.map((name) => `${name}=${load(name)}`).join('; ') : (attempt(() => document.cookie) ?? '')

  function found(name: string, labels: number): string[] {
    const start = `1.${labels}.`
    const texts = `; ${all()}`.split(`; ${name}=${start}`)
    return texts.slice(1).map((text) => start + text.split(';')[0])
  }

  function set(name: string, value: string, labels: number, lifetime?: number): void {
    const domain = lastLabels(host, labels)
    attempt(
      () =>
        (document.cookie = [
          `${name}=${value};path=/;samesite=lax`,
          domain && `domain=${domain}`,
          lifetime === undefined ? '' : `max-age=${lifetime}`,
          location.protocol === 'https:' ? 'secure' : '',
        ].join(';')),
    )
  }

  function read(name: string): string | undefined {
    ours ??= choices.find((labels) => found(name, labels)[0])
    if (ours === undefined) return undefined
    // Another of this name on a narrower domain is sent beside ours, in no reliable order: RFC 6265, section 5.4.
    if (found(name, ours)[1]) for (const labels of choices) if (labels !== ours) set(name, '', labels, 0)
    return found(name, ours).at(-1)
  }

  return {
    all,
    read,
    write(name, text, untilClosed) {
      for (const labels of refused ? [] : ours === undefined ? choices : [ours]) {
        set(name, `1.${labels}.${text}`, labels, untilClosed ? undefined : LIFETIME_S)
        if (found(name, labels)[0]) {
          ours = labels
          return
        }
      }
      if (save(name, `1.0.${text}`)) {
        refused = true
        ours = 0
      }
    },
    domain: () => lastLabels(host, ours ?? 0) || host,
    clear() {
      for (const name of NAMES) {
        if (read(name)) set(name, '', ours!, 0)
        save(name)
      }
    },
  }
}
