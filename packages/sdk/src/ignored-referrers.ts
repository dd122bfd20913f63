import type { Config } from './options.ts'

/** The domains, beside the site's own, that never count as referrers. */
export const ignoredReferrers = (config: Config): readonly string[] =>
  config.ignoreReferrers.concat(config.linkDomains)
