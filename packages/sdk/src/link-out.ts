import { closestElement } from './closest-element.ts'
import { LINK_MS, LINK_PARAMETER } from './link-parameter.ts'
import type { Part } from './part.ts'
import { isWithin } from './within.ts'

/** Lets a visit go on where a click or a form leads to another of the site's domains. */
export const linkOut: Part = ({ _config, _isGranted, _domain, _listen, _stamp }) => {
  const { linkDomains, writeKey, endpoint } = _config
  /** What the collector has signed, by host and session; empty while it is asked. */
  const tokens: Record<string, string> = {}

  _listen('pointerover focusin click auxclick submit', (event: Event) => {
    const attribute = event.type === 'submit' ? 'action' : 'href'
    const element = closestElement(event, `[${attribute}]`)
    if (!element) return
    const url = new URL(element.getAttribute(attribute)!, document.baseURI)
    const host = url.hostname
    if (!isWithin(host, linkDomains) || isWithin(host, [_domain()]) || !_isGranted()) return
    const isAhead = /in|over/.test(event.type)
    const visit = _stamp(Date.now(), isAhead)
    if (!visit.session) return
    const key = host + visit.session.id
    if (isAhead) {
      if (key in tokens) return
      tokens[key] = ''
      setTimeout(() => delete tokens[key], LINK_MS / 2)
      fetch(`${endpoint}/v1/link`, { method: 'POST', body: JSON.stringify({ writeKey, ...visit, host }) })
        .then((response) => response.json())
        .then(({ token }) => (tokens[key] = token ?? ''))
        .catch(() => {})
      return
    }
    const token = tokens[key] || `u~${Date.now()}~${host}~${JSON.stringify(visit)}`
    delete tokens[key]
    if ((element as HTMLFormElement).method === 'get')
      // Its fields replace the query of its action: HTML standard, section 4.10.22.3.
      (element as HTMLFormElement).addEventListener(
        'formdata',
        ({ formData }) => formData.set(LINK_PARAMETER, token),
        { once: true },
      )
    else {
      const original = element.getAttribute(attribute)!
      url.search += `${url.search && '&'}${LINK_PARAMETER}=${encodeURIComponent(token)}`
      element.setAttribute(attribute, url.href)
      // Whoever copies the address later copies nobody's visit.
      setTimeout(() => element.setAttribute(attribute, original))
    }
  })
}
