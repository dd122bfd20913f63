/**
 * Why one event of a batch was refused. A closed list: each is counted in the metrics, and documented in docs/protocol.md.
 *
 * - `not_an_object`: the entry of `events` is no JSON object
 * - `bad_id`: `id` is missing, no text of 1–128 characters, or holds control characters
 * - `bad_type`: `type` is none of the event types
 * - `bad_name`: `name` is missing on a `track`, empty, or over 256 characters
 * - `bad_time`: `time` is no finite number, before the year 2000, or over two days later than its own `sentAt`
 * - `bad_visitor`: neither `visitorId` nor `userId`, or one that is not a valid id
 * - `bad_session`: `session` is given but is not a valid stamp
 * - `bad_field`: another known field has the wrong type; the message names it
 * - `too_many_tags`: over 64 tags
 * - `too_large`: over 32 KiB as JSON
 * - `too_deep`: `properties` or `traits` nest over 32 levels
 */
export const REJECT_REASONS = [
  'not_an_object',
  'bad_id',
  'bad_type',
  'bad_name',
  'bad_time',
  'bad_visitor',
  'bad_session',
  'bad_field',
  'too_many_tags',
  'too_large',
  'too_deep',
] as const
export type RejectReason = (typeof REJECT_REASONS)[number]

/** One refused event, as the answer reports it. `id` is there when the event had a usable one. */
export interface Rejection {
  readonly index: number
  readonly id?: string
  readonly reason: RejectReason
  /** One sentence that says how to mend it; never holds more than 200 characters of the sender's text. */
  readonly message: string
}

/** The body of a 200 from `POST /v1/events`: sent only after what was accepted is on disk. */
export interface IngestAnswer {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly Rejection[]
}
