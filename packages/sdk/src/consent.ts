import { CONSENT_COOKIE } from './cookie-jar.ts'
import type { CookieJar } from './cookie-jar.ts'
import type { Config } from './options.ts'
import { privacySignals } from './privacy-signals.ts'
import type { ConsentAnswer } from './tracker.ts'

/** Whether anything may be stored and sent. */
export interface Consent {
  /** Read anew at each call: the visitor may have answered in another tab. */
  answer(): ConsentAnswer
  set(answer: ConsentAnswer): void
}

/** The visitor's consent. Only a yes is stored. `withdrawn` is called when another tab took it back. */
export function createConsent(jar: CookieJar, config: Config, withdrawn: () => void): Consent {
  const isRequired = config.consent === 'required'
  const { gpc, dnt } = privacySignals()
  let answer: ConsentAnswer = isRequired ? 'pending' : 'granted'
  let wasStored = false
  return {
    answer() {
      if (config.respectPrivacySignals && (gpc || dnt)) return 'denied'
      const isStored = isRequired && !!jar.read(CONSENT_COOKIE)
      if (isStored) answer = 'granted'
      else if (wasStored) {
        answer = 'pending'
        withdrawn()
      }
      wasStored = isStored
      return answer
    },
    set(next) {
      answer = next
      wasStored = false
      if (isRequired && next === 'granted') jar.write(CONSENT_COOKIE, '1')
    },
  }
}
