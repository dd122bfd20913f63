// What takes no cookie: single labels such as `localhost` and addresses (RFC 6265, section 5.1.3), and second levels that registries
// sell names under, where Firefox logs a warning for each try. Other public suffixes are left to the browser to refuse.
const REFUSED = /^([^.]+|[\d.]+|(ac|com?|edu|gov|net|org)\.[a-z]{2})$/

/**
 * The domains that a cookie can be for on this host, widest first; the last is always empty, the host alone.
 * `www.shop.co.uk` gives `shop.co.uk`, `www.shop.co.uk` and the host alone.
 */
export const cookieDomains = (host: string): readonly string[] => [
  ...host
    .split('.')
    .map((_, i, labels) => labels.slice(i).join('.'))
    .filter((domain) => !REFUSED.test(domain))
    .reverse(),
  '',
]
