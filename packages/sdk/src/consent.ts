import { GRANTED, STATE_COOKIE, VISITOR_COOKIE } from '@sojourn/protocol'
import { BROWSER_COOKIE } from './browser-closed.ts'
import type { CookieJar } from './cookie-jar.ts'
import type { Config } from './options.ts'
import type { Core } from './part.ts'
import type { TextStorage } from './storage.ts'
import type { Tracker } from './tracker.ts'

/**
 * Keeps what the visitor answers. Gives what to do after each answer of the collector, what to do with news of another tab, and the
 * tracker's method.
 */
export const createConsent = (
  core: Core,
  config: Config,
  storage: TextStorage,
  writeCookie: CookieJar[1],
  commit: () => void,
  drop: () => void,
  calls: unknown[],
  clear: () => void,
  tell: (news: string) => void,
) => {
  if (config.consent === 'required') core._answer *= 2
  core._given = core._answer
  let isForgotten: unknown

  const forget = (): void => {
    isForgotten = 1
    calls.splice(0)
    clear()
    drop()
    for (const key of [STATE_COOKIE, VISITOR_COOKIE, BROWSER_COOKIE, ...Object.keys(storage)])
      if (/^sj_[svbuq]\b/.test(key)) {
        writeCookie(key, '', 0)
        delete storage[key]
      }
  }

  /** An answer may have brought a cookie back. */
  const answered = (): void => {
    if (isForgotten) forget()
  }

  const change = (next: string): void => {
    if (next === 'granted') {
      core._answer = core._given!
      isForgotten = 0
      if (core._answer > 1) {
        const state = core._current()
        state[GRANTED] = 1
        core._write(state)
        commit()
      }
      core._retry()
    } else {
      core._answer = 0
      forget()
    }
  }

  const hear = (news: string): void => {
    if (news === 'denied') change(news)
  }

  const methods: Pick<Tracker, 'setConsent'> = {
    setConsent(next) {
      change(next)
      tell(next)
    },
  }

  return [answered, hear, methods] as const
}
