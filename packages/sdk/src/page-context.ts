import type { PageContext } from '@sojourn/protocol'
import type { Config } from './options.ts'
import { isWithin, referrerHost } from './within.ts'

/** The page as it is now. The site's own domains, and those that the owner names, are no referrers. */
export const pageContext = (config: Config, domain: string): PageContext => ({
  url: location.href,
  title: document.title,
  referrer: isWithin(referrerHost() ?? domain, [domain].concat(config.ignoreReferrers, config.linkDomains))
    ? undefined!
    : document.referrer,
})
