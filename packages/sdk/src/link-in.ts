import { sessionText, visitorText } from '@sojourn/protocol'
import { LINK_PARAMETER, openToken, parseVisit } from './link-token.ts'
import { foreignReferrer } from './referrer.ts'
import type { Shared } from './shared-state.ts'
import type { Part } from './start-tracker.ts'

/** How long the first events wait for the collector to open a link, in ms. */
const REDEEM_MS = 3_000

/** Lets a visit go on that a link from another of the site's domains brought here. */
export const linkIn: Part = ({ config, env, state, enter, holdFor }) => {
  const { linkDomains, writeKey, endpoint } = config
  const token = new URLSearchParams(location.search).get(LINK_PARAMETER)
  if (!linkDomains[0] || !token) return
  const { hostname: host } = location
  const { referrer } = document
  history.replaceState(
    history.state,
    '',
    location.href.replace(new RegExp(`([?&])${LINK_PARAMETER}=[^&#]*&?`), '$1').replace(/[?&](?=#|$)/, ''),
  )
  // No page can forge where a visit came from: who was sent a link, or follows one from elsewhere, is somebody else.
  if (!referrer || foreignReferrer(referrer, linkDomains)) return

  /** Goes on with this visit, in a browser that knows of no other visitor. */
  function adopt(visit: Shared | undefined): void {
    const { visitorId, session } = state.read() ?? {}
    const isSame = visit?.visitorId === (visitorId ?? visit?.visitorId)
    if (visit && isSame && visit.session!.number > (session?.number ?? 0)) state.write(visit)
  }

  async function redeem(): Promise<void> {
    const response = await env.fetch(`${endpoint}/v1/link/redeem`, {
      method: 'POST',
      body: JSON.stringify({ writeKey, token, host }),
      signal: AbortSignal.timeout(REDEEM_MS),
    })
    const { visitorId, session } = await response.json()
    const { number } = session
    adopt(
      parseVisit(visitorText({ visitorId, number }), sessionText({ ...session, lastActivity: env.now() })),
    )
  }

  enter(({ time }) => {
    const visit = openToken(token, host, time)
    if (visit === 'signed') holdFor(redeem())
    else adopt(visit)
  })
}
