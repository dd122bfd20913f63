// Second levels that registries sell names under: no cookie is accepted there, and Firefox logs a warning for each try.
const REGISTRY = /^(ac|com?|edu|gov|net|org)\.[a-z]{2}$/

/** The last `count` labels of the host; empty for 0. */
export function lastLabels(host: string, count: number): string {
  return count ? host.split('.').slice(-count).join('.') : ''
}

/**
 * Of how many labels the domain of a cookie may consist on this host, widest first; the last is always 0, the host alone.
 * `www.shop.co.uk` gives 3, 4, 0. Other public suffixes are left to the browser to refuse.
 * IP addresses and single labels such as `localhost` take no domain: RFC 6265, section 5.1.3.
 */
export function domainLabels(host: string): number[] {
  const counts = host.split('.').map((_, i) => i + 1)
  const isAddress = /^[\d.]+$|:/.test(host)
  return [...counts.filter((n) => !isAddress && n > 1 && !REGISTRY.test(lastLabels(host, n))), 0]
}
