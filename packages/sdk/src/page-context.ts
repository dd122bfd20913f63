import type { PageContext } from '@sojourn/protocol'
import type { Config } from './options.ts'
import type { Seams } from './part.ts'
import { isWithin, referrerHost } from './within.ts'

/** The page as it is now. The site's own domains, and those that the owner names, are no referrers. */
export const pageContext = (config: Config, domain: () => string, seams: Seams): PageContext => ({
  url: location.href,
  title: document.title,
  referrer: isWithin(referrerHost() ?? domain(), [domain()].concat(seams._domains?.(config) ?? []))
    ? undefined!
    : document.referrer,
})
