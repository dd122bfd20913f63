import type { Config } from './options.ts'

/** Has requests to the collector carry the site's cookies, where the page's owner wants that. */
export const credentials = (config: Config): RequestCredentials | false => config.cookieRenewal && 'include'
