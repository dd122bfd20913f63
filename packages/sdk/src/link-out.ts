import type { EpochMs } from '@sojourn/protocol'
import { closestElement } from './closest-element.ts'
import { LINK_MS, LINK_PARAMETER, unsignedToken } from './link-token.ts'
import { isWithin } from './referrer.ts'
import type { Part } from './start-tracker.ts'

/** What the collector has signed, or is about to: which session, until when. */
interface Ticket {
  readonly id: string
  readonly until: EpochMs
  readonly token?: string
}

/** Lets a visit go on where a click or a form leads to another of the site's domains. */
export const linkOut: Part = ({ config, env, state, jar, listen, stamp }) => {
  const { linkDomains, writeKey } = config
  const tickets: Record<string, Ticket> = {}

  const ticketFor = (host: string, id: string): Ticket | undefined => {
    const ticket = tickets[host]
    return ticket?.id === id && env.now() < ticket.until ? ticket : undefined
  }

  async function sign(host: string): Promise<void> {
    const { visitorId, session } = stamp(true) ?? {}
    if (!session || ticketFor(host, session.id)) return
    const ticket = { id: session.id, until: env.now() + LINK_MS / 2 }
    tickets[host] = ticket
    const body = JSON.stringify({ writeKey, visitorId, session, host })
    const response = await env.fetch(`${config.endpoint}/v1/link`, { method: 'POST', body })
    if (response.ok) tickets[host] = { ...ticket, ...(await response.json()) }
  }

  function decorate(element: Element, attribute: string, url: URL): void {
    const { session } = stamp() ?? {}
    if (!session) return
    const { hostname } = url
    const token = ticketFor(hostname, session.id)?.token ?? unsignedToken(state.read()!, hostname, env.now())
    delete tickets[hostname]
    if (element instanceof HTMLFormElement && element.method === 'get') {
      // Its fields replace the query of its action: HTML standard, section 4.10.22.3.
      const field = document.createElement('input')
      Object.assign(field, { type: 'hidden', name: LINK_PARAMETER, value: token })
      element.append(field)
      setTimeout(() => field.remove())
    } else {
      const original = element.getAttribute(attribute)!
      url.search += `${url.search && '&'}${LINK_PARAMETER}=${encodeURIComponent(token)}`
      element.setAttribute(attribute, url.href)
      // Whoever copies the address later copies nobody's visit.
      setTimeout(() => element.setAttribute(attribute, original))
    }
  }

  if (linkDomains[0])
    for (const type of ['pointerover', 'focusin', 'click', 'auxclick', 'submit'])
      listen(document, type, (event: Event) => {
        const attribute = type === 'submit' ? 'action' : 'href'
        const element = closestElement(event, `[${attribute}]`)
        if (!element) return
        const url = new URL(element.getAttribute(attribute)!, document.baseURI)
        const isLinked = linkDomains.some((domain) => isWithin(url.hostname, domain))
        if (!isLinked || isWithin(url.hostname, jar.domain())) return
        if (/in|over/.test(type)) sign(url.hostname).catch(() => {})
        else decorate(element, attribute, url)
      })
}
