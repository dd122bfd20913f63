import { attempt } from './attempt.ts'

/** True for the host itself and its sub-domains. */
export function isWithin(host: string, domain: string): boolean {
  return `.${host}`.endsWith(`.${domain}`)
}

/** The referrer, unless it is of one of these domains (coming back from the payment page starts nothing) or no URL at all. */
export function foreignReferrer(referrer: string, ownDomains: readonly string[]): string | undefined {
  const host = referrer && attempt(() => new URL(referrer).hostname)
  return host && !ownDomains.some((domain) => isWithin(host, domain)) ? referrer : undefined
}
