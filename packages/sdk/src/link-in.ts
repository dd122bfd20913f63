import { GRANTED, NUMBER, VISITOR, parseStateText } from '@sojourn/protocol'
import { LINK_MS, LINK_PARAMETER, askForLink } from './link-token.ts'
import { FIRST_OF_ALL } from './part.ts'
import type { Automatic } from './part.ts'
import { isWithin, referrerHost } from './within.ts'

/** Lets a visit go on that a link from another of the site's domains brought here. */
export const linkIn: Automatic = (core) => {
  const url = new URL(location.href)
  const token = url.searchParams.get(LINK_PARAMETER)
  if (!token) return
  url.searchParams.delete(LINK_PARAMETER)
  history.replaceState(history.state, '', url)

  /** Goes on with the visit of an open token, in a browser that knows of no other visitor. */
  const adopt = (opened: string): void => {
    const [at, host, text] = opened.split('~')
    const visit = parseStateText(text)
    const state = core._current()
    if (
      visit &&
      host === url.hostname &&
      Math.abs(Date.now() - +at!) < LINK_MS &&
      (!state[NUMBER] || (state[VISITOR] === visit[VISITOR] && state[NUMBER] < visit[NUMBER]))
    ) {
      visit[GRANTED] = state[GRANTED]
      core._write(visit)
    }
  }

  // No page can forge where a visit came from: who was sent a link, or follows one from elsewhere, is somebody else.
  if (isWithin(referrerHost(), core._config.linkDomains))
    core._enter(() => {
      core._held = askForLink(core._config, token, '/redeem')
        // Without an answer, what the token itself says must do.
        .catch(() => token)
        .then(adopt)
        .finally(() => {
          core._held = 0
          core._retry()
        })
    }, FIRST_OF_ALL)
}
