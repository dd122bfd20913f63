import { validate } from 'uuid'
import { START_REASONS } from './event.ts'
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
  readonly userMarker?: string
}

const VISITOR = /^1\.\d+\.([\da-f-]{36})\.([\da-z]{1,6})\.([\da-z]{0,7})$/
const SESSION =
  /^1\.\d+\.([\da-z]{1,6})\.([\w-]{1,36})\.([\da-z]{1,9})\.([\da-z]{1,9})\.([0-6])([0-6]?)\.([\da-z]{0,7})\.([\w-]{0,36})$/

/**
 * The text of the visitor cookie: `1.<labels>.<visitor id>.<session number, base 36>.<user marker>`.
 * `labels`: of how many labels the cookie's domain consists (`shop.example` is 2, 0 is this host alone), so that a stale cookie of
 * a wider or narrower domain is told from ours.
 */
export function visitorText({ visitorId, number, userMarker }: VisitorState, labels: number): string {
  return [COOKIE_VERSION, labels, visitorId, number.toString(36), userMarker].join('.')
}

/** The visitor that the text tells of; undefined for any other text. Never throws. */
export function parseVisitorText(text: string | undefined): VisitorState | undefined {
  const [, visitorId, number, userMarker] = VISITOR.exec(text ?? '') ?? []
  return validate(visitorId)
    ? { visitorId: visitorId!, number: parseInt(number!, 36), ...(userMarker && { userMarker }) }
    : undefined
}

/**
 * The text of the session cookie: `1.<labels>.<number>.<id>.<started>.<last activity>.<reasons>.<campaign>.<previous id>`.
 * Number and times (epoch ms) in base 36. Reasons: one digit for why it began, and one more if it was ended, for why the next
 * will; both count into `START_REASONS`. Campaign: its `shortHash`. At most 134 characters.
 */
export function sessionText(session: SessionState, labels: number): string {
  const { number, id, startedAt, lastActivity, startReason, over, campaign, previousId } = session
  const reasons = START_REASONS.indexOf(startReason) + (over ? `${START_REASONS.indexOf(over)}` : '')
  const times = [startedAt.toString(36), lastActivity.toString(36)]
  return [COOKIE_VERSION, labels, number.toString(36), id, ...times, reasons, campaign, previousId].join('.')
}

/** The session that the text tells of; undefined for any other text. Never throws. */
export function parseSessionText(text: string | undefined): SessionState | undefined {
  const parts = SESSION.exec(text ?? '')
  if (!parts) return undefined
  const [number = 0, startedAt = 0, lastActivity = 0] = [1, 3, 4].map((i) => parseInt(parts[i]!, 36))
  const [, , id, , , startReason, over, campaign, previousId] = parts
  if (!number) return undefined
  return {
    id: id!,
    number,
    startedAt: Math.min(startedAt, lastActivity),
    lastActivity,
    startReason: START_REASONS[+startReason!]!,
    ...(over && { over: START_REASONS[+over]! }),
    ...(campaign && { campaign }),
    ...(previousId && { previousId }),
  }
}
