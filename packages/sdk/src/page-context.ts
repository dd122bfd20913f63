import type { PageContext } from '@sojourn/protocol'
import { foreignReferrer } from './referrer.ts'

/** The page at this moment. A referrer within one of these domains counts for none. */
export function pageContext(ownDomains: readonly string[]): PageContext {
  const { href: url, pathname: path } = location
  const { title, referrer } = document
  return { url, path, title, referrer: foreignReferrer(referrer, ownDomains)! }
}
