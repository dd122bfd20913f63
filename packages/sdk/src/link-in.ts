import { NUMBER, START_REASONS, VISITOR, GRANTED, parseStateText, stateText } from '@sojourn/protocol'
import { LINK_MS, LINK_PARAMETER } from './link-parameter.ts'
import { FIRST_OF_ALL } from './part.ts'
import type { Part } from './part.ts'
import { isWithin, referrerHost } from './within.ts'

/** How long the first events wait for the collector to open a link, in ms. */
const REDEEM_MS = 3_000

/** Lets a visit go on that a link from another of the site's domains brought here. */
export const linkIn: Part = (core) => {
  const { _config: config, _read, _write, _enter, _retry } = core
  const { linkDomains, writeKey, endpoint } = config
  const url = new URL(location.href)
  const token = url.searchParams.get(LINK_PARAMETER)
  config.ignoreReferrers = [...config.ignoreReferrers, ...linkDomains]
  if (!linkDomains[0] || !token) return
  const host = url.hostname
  url.searchParams.delete(LINK_PARAMETER)
  history.replaceState(history.state, '', url)

  /** The visit of an unsigned token for this host, or of one that the collector opens. */
  const open = async () => {
    const [mark, at, to, visit] = token.split('~')
    if (mark !== 'u')
      return (
        await fetch(`${endpoint}/v1/link/redeem`, {
          method: 'POST',
          body: JSON.stringify({ writeKey, token, host }),
          signal: AbortSignal.timeout(REDEEM_MS),
        })
      ).json()
    const age = Date.now() - +at!
    return to === host && age < LINK_MS && age >= 0 && JSON.parse(visit!)
  }

  /** Goes on with this visit, in a browser that knows of no other visitor. */
  const adopt = async (): Promise<void> => {
    const {
      visitorId,
      session: { id, number, startedAt, startReason, previousId = '' },
    } = await open()
    const state = _read()
    const visit = parseStateText(
      stateText([
        number,
        startedAt,
        Date.now(),
        START_REASONS.indexOf(startReason) + 1,
        0,
        state?.[GRANTED] ?? 0,
        visitorId,
        '',
        '',
        id,
        previousId,
      ]),
    )
    if (visit && (!state?.[NUMBER] || (state[VISITOR] === visitorId && state[NUMBER] < number))) _write(visit)
  }

  // No page can forge where a visit came from: who was sent a link, or follows one from elsewhere, is somebody else.
  if (isWithin(referrerHost(), linkDomains))
    _enter(() => {
      core._held = adopt()
        .catch(() => {})
        .then(() => {
          core._held = 0
          _retry()
        })
    }, FIRST_OF_ALL)
}
