import { START_REASONS } from './event.ts'
import { UUID } from './name-based-id.ts'
import { isPlainId } from './session-id.ts'
import type { SessionState } from './session-state.ts'

/** The name of the visitor cookie: who is it. */
export const VISITOR_COOKIE = 'sj_v'
/** The name of the session cookie: which visit is it. */
export const SESSION_COOKIE = 'sj_s'
/** How the text of every cookie begins; another version is as good as no cookie. */
export const COOKIE_VERSION = 1

/** What the visitor cookie holds. */
export interface VisitorState {
  /** A UUID. */
  readonly visitorId: string
  /** The number of the visitor's latest session, kept in case the session cookie is lost first; 0 before the first. */
  readonly number: number
  /** `shortHash` of the known user's id; absent while anonymous. */
  readonly userMarker?: string | undefined
}

/**
 * The text of the visitor cookie, after `1.<labels>.`: `<visitor id>.<session number, base 36>.<user marker>`.
 * `labels`: of how many labels the cookie's domain consists (`shop.example` is 2, 0 is this host alone), so that a stale cookie of
 * a wider or narrower domain is told from ours.
 */
export function visitorText({ visitorId, number, userMarker }: VisitorState): string {
  return [visitorId, number.toString(36), userMarker].join('.')
}

/** The visitor that the whole value of the cookie tells of; undefined for any other text. Never throws. */
export function parseVisitorText(text: string | undefined): VisitorState | undefined {
  const [version, , visitorId = '', digits = '', userMarker] = (text ?? '').split('.')
  const number = parseInt(digits, 36)
  return version === '1' && UUID.test(visitorId) && isInRange(number)
    ? { visitorId, number, ...(userMarker && { userMarker }) }
    : undefined
}

/**
 * The text of the session cookie, after `1.<labels>.`: `<number>.<id>.<started>.<last activity>.<reasons>.<campaign>.<previous id>`.
 * Number and times (epoch ms) in base 36. Reasons: one digit for why it began, and one more if it was ended, for why the next
 * will; both count into `START_REASONS`. Campaign: its `shortHash`.
 */
export function sessionText(session: SessionState): string {
  const { number, id, startedAt, lastActivity, startReason, over, campaign, previousId } = session
  const [count, start, last] = [number, startedAt, lastActivity].map((value) => value.toString(36))
  const reasons = [startReason, over].map((reason) => (reason ? START_REASONS.indexOf(reason) : '')).join('')
  return [count, id, start, last, reasons, campaign, previousId].join('.')
}

/** The session that the whole value of the cookie tells of; undefined for any other text. Never throws. */
export function parseSessionText(text: string | undefined): SessionState | undefined {
  const [version, , count, id = '', start, last, reasons = '', campaign, previousId] = (text ?? '').split('.')
  const values = [count, start, last].map((digits = '') => parseInt(digits, 36))
  const [number = 0, startedAt = 0, lastActivity = 0] = values
  const [startReason, over] = [...reasons].map((digit) => START_REASONS[+digit])
  return version === '1' && number && values.every(isInRange) && isPlainId(id) && startReason
    ? {
        id,
        number,
        startedAt: Math.min(startedAt, lastActivity),
        lastActivity,
        startReason,
        ...(over && { over }),
        ...(campaign && { campaign }),
        ...(previousId && isPlainId(previousId) && { previousId }),
      }
    : undefined
}

/** False for NaN too; the times up to the year 5138 are in range. */
function isInRange(value: number): boolean {
  return value >= 0 && value < 1e14
}
