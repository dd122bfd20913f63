import { parseSessionText, parseVisitorText, sessionText, visitorText } from '@sojourn/protocol'
import type { EpochMs } from '@sojourn/protocol'
import type { Shared } from './shared-state.ts'

/** The parameter in which a visit travels from one of the site's domains to another. */
export const LINK_PARAMETER = 'sj_link'
/** How long a link holds, in ms. */
export const LINK_MS = 120_000
/** How a token begins that the collector has not signed; none of its own does. */
const UNSIGNED = 'u'

/** A token for when the collector has made none: `u~<now>~<host>~<visitor>~<session>`, the last two as in their cookies. */
export function unsignedToken({ visitorId, number, session }: Shared, host: string, now: EpochMs): string {
  return [UNSIGNED, now, host, visitorText({ visitorId, number }), sessionText(session!)].join('~')
}

/** The visit of such a token: undefined for another host, or when it is too old. `signed` for one of the collector's. */
export function openToken(token: string, host: string, now: EpochMs): Shared | 'signed' | undefined {
  const [mark, at, to, visitor, session] = token.split('~')
  if (mark !== UNSIGNED) return 'signed'
  const age = now - +at!
  return to === host && age < LINK_MS && age >= 0 ? parseVisit(visitor!, session!) : undefined
}

/** The visit that these texts tell of, as in their cookies. */
export function parseVisit(visitor: string, session: string): Shared | undefined {
  const who = parseVisitorText(`1.0.${visitor}`)
  const which = parseSessionText(`1.0.${session}`)
  return who && which && { ...who, session: which }
}
