/**
 * Why a session began, in the order in which the rules are asked: where several would begin one, the first of these is the reason.
 *
 * - `first`: the key had no session before
 * - `client`: the event came with the id of another session than the open one (only under `by: client`)
 * - `end-event`: an end event had closed the session before
 * - `timeout`, `max-length`, `max-events`, `day`: the session before had run its course
 * - `start-event`: the event is named in `startEvents`
 * - `user`, `campaign`, `referrer`, `property`: the event brought another one than the session's
 */
export const RULE_NAMES = [
  'first',
  'client',
  'end-event',
  'timeout',
  'max-length',
  'max-events',
  'day',
  'start-event',
  'user',
  'campaign',
  'referrer',
  'property',
] as const
export type RuleName = (typeof RULE_NAMES)[number]
