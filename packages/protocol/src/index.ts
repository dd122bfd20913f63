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
export { derivedId, shortHash } from './derived-id.ts'
export {
  BY_HAND,
  CAMPAIGN_CHANGED,
  CLOCK_JITTER_MS,
  CLOSED,
  FIRST,
  MAX_LENGTH,
  TIMEOUT,
  USER_CHANGED,
  anchor,
  begin,
  sessionId,
  sessionStamp,
  whyOver,
} from './session-rule.ts'
export type { SessionRule } from './session-rule.ts'
export {
  CAMPAIGN,
  GIVEN,
  GRANTED,
  LAST,
  MARKER,
  NUMBER,
  OVER,
  PREVIOUS,
  REASON,
  STARTED,
  STATE_COOKIE,
  VISITOR,
  VISITOR_COOKIE,
  parseStateText,
  stateText,
} from './shared-state.ts'
export type { SharedState } from './shared-state.ts'
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
export type {
  ComparedSession,
  ComparedSide,
  DefinitionComparison,
  DefinitionPreview,
  DifferencePart,
  ToldDifference,
} from './definition-answers.ts'
export type { Health, HealthSource, RejectionExample, SourceGaps } from './health.ts'
export type { IntervalMeasures, Measures, PreviousSeries, Series, Timeseries } from './measures.ts'
export type {
  Erased,
  ProfileObject,
  ProfilesAnswer,
  ProfileSummary,
  ProfileVisitor,
} from './profile-object.ts'
