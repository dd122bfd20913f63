/** True for a host of one of these domains. */
export const isWithin = (host: string | undefined, domains: readonly string[]): boolean =>
  domains.some((domain) => `.${host}`.endsWith(`.${domain}`))

/** The host of a referrer; undefined for none. */
export const referrerHost = (): string | undefined => document.referrer.split(/[/:]/)[3]
