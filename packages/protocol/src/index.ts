export { EVENT_TYPES, START_REASONS } from './event.ts'
export type {
  BatchContext,
  Campaign,
  EventBatch,
  EventType,
  JsonObject,
  PageContext,
  PrivacySignals,
  SessionStamp,
  StartReason,
  UserAgentBrand,
  UserAgentData,
  WireEvent,
} from './event.ts'
export {
  CLOCK_TOLERANCE_MS,
  DEFAULT_MAX_LENGTH_MS,
  DEFAULT_TIMEOUT_MS,
  EARLIEST_TIME,
  MAX_BATCH_EVENTS,
  MAX_BODY_BYTES,
  MAX_DEPTH,
  MAX_EVENT_BYTES,
  MAX_FUTURE_MS,
  MAX_ID_CHARS,
  MAX_NAME_CHARS,
  MAX_TAGS,
  MAX_TIMEOUT_MS,
  MIN_TIMEOUT_MS,
} from './limits.ts'
export type { EpochMs } from './limits.ts'
export { clockOffset, parseBatch } from './parse-batch.ts'
export type { BatchProblem, ParsedBatch, Receipt } from './parse-batch.ts'
export { isId, parseEvent, parseSessionStamp } from './parse-event.ts'
export type { Clocks, ParsedEvent } from './parse-event.ts'
export { REJECT_REASONS } from './reject-reason.ts'
export type { IngestAnswer, RejectReason, Rejection } from './reject-reason.ts'
export { utf8Length } from './utf8-length.ts'
export { isWellFormed, toWellFormed } from './well-formed.ts'
export { UUID, formatId, hexText, nameBasedId } from './name-based-id.ts'
export {
  COOKIE_VERSION,
  SESSION_COOKIE,
  VISITOR_COOKIE,
  parseSessionText,
  parseVisitorText,
  sessionText,
  visitorText,
} from './session-cookie.ts'
export type { VisitorState } from './session-cookie.ts'
export { RULE_NAMES } from './rule-name.ts'
export type { RuleName } from './rule-name.ts'
export { LIFECYCLES, SESSION_STATUSES } from './session-object.ts'
export type {
  Geo,
  Lifecycle,
  SessionEdge,
  SessionObject,
  SessionSegment,
  SessionStatus,
} from './session-object.ts'
export { givenSessionId, nextVisitorId, sessionId } from './session-id.ts'
export { CLOCK_JITTER_MS, anchor, begin, extend, touch, whyOver } from './session-rule.ts'
export type { Arrival, SessionRule, SessionStart, SessionState } from './session-state.ts'
export { shortHash } from './short-hash.ts'
