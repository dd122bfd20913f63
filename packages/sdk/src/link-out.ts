import { stateText } from '@sojourn/protocol'
import { closestElement } from './closest-element.ts'
import { LINK_PARAMETER, askForLink } from './link-token.ts'
import type { Automatic } from './part.ts'
import { isWithin } from './within.ts'

/** A sealed token is used for half of its life, in ms: the rest is for the way. */
const SEALED_MS = 60_000

/**
 * Lets a visit go on where a click or a form leads to another of the site's domains: in a token that says when it was made, for which
 * host, and the shared state; sealed by the collector, where that was asked in time.
 */
export const linkOut: Automatic = (core) => {
  /** What the collector has sealed, by minute, host and state; empty while it is asked, and when it was used. */
  const sealed: Record<string, string> = {}

  core._listen('pointerover focusin click auxclick submit', (event: Event) => {
    const attribute = event.type === 'submit' ? 'action' : 'href'
    const element = closestElement(event, 'a,form') as HTMLFormElement & HTMLAnchorElement
    const original = element[attribute]
    const url = new URL(original)
    const host = url.hostname
    const state = core._granted()
    if (!state || !isWithin(host, core._config.linkDomains) || isWithin(host, [core._domain()])) return
    const now = Date.now()
    const visit = `~${host}~${stateText(state)}`
    const key = Math.floor(now / SEALED_MS) + visit
    const token = sealed[key] || now + visit
    if (/in|over/.test(event.type))
      sealed[key] ??=
        (askForLink(core._config, token).then(
          (answer) => (sealed[key] = answer),
          () => {},
        ),
        '')
    else {
      sealed[key] = ''
      url.searchParams.set(LINK_PARAMETER, token)
      element[attribute] = url.href
      // Whoever copies the address later copies nobody's visit.
      setTimeout(() => (element[attribute] = original))
      // The fields of a form by GET replace the query of its action: HTML standard, section 4.10.22.3.
      if (element.method === 'get')
        element.addEventListener('formdata', ({ formData }) => formData.set(LINK_PARAMETER, token), {
          once: true,
        })
    }
  })
}
