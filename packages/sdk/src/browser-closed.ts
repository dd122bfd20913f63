import type { CookieJar } from './cookie-jar.ts'
import type { Config } from './options.ts'

/** Lives as long as the browser runs, where closing it ends sessions. */
export const BROWSER_COOKIE = 'sj_b'

/** Whether the browser was closed since the last event, where that ends the session. */
export const wasClosed = (config: Config, readCookie: CookieJar[0], writeCookie: CookieJar[1]): unknown =>
  config.endOnClose && !readCookie(BROWSER_COOKIE) && (writeCookie(BROWSER_COOKIE, '1', ''), 1)
