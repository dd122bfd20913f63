import type { Config } from './options.ts'

/** The parameter in which a visit travels from one of the site's domains to another. */
export const LINK_PARAMETER = 'sj_link'
/** How long a link holds, in ms. */
export const LINK_MS = 120_000

/**
 * Has the collector seal a token, or open one that was brought: `/redeem`, for which it counts as used. Resolves with its answer, empty
 * where it refuses; rejects where there is none.
 */
export const askForLink = async (config: Config, token: string, path = ''): Promise<string> => {
  const response = await fetch(`${config.endpoint}/v1/link${path}`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: config.writeKey, token }),
  })
  return response.ok ? response.text() : ''
}
