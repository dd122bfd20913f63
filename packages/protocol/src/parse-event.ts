import { EVENT_TYPES, START_REASONS } from './event.ts'
import type {
  Campaign,
  EventType,
  JsonObject,
  PageContext,
  SessionStamp,
  StartReason,
  WireEvent,
} from './event.ts'
import { EARLIEST_TIME, MAX_DEPTH, MAX_FUTURE_MS, MAX_ID_CHARS, MAX_NAME_CHARS, MAX_TAGS } from './limits.ts'
import type { EpochMs } from './limits.ts'
import {
  BadField,
  booleanField,
  field,
  isRecord,
  numberField,
  put,
  recordField,
  textField,
  unlessEmpty,
  wholeField,
} from './parse-fields.ts'
import type { Draft, UnknownRecord } from './parse-fields.ts'
import type { RejectReason } from './reject-reason.ts'
import { isWellFormed, toWellFormed, wellFormedJson } from './well-formed.ts'

/** The clocks that an event's time is judged by. */
export interface Clocks {
  readonly sentAt: EpochMs
  /** What will be added to the sender's times because its clock is plainly wrong; else 0. */
  readonly clockOffsetMs: number
}

export type ParsedEvent =
  | { readonly ok: true; readonly event: WireEvent }
  | { readonly ok: false; readonly reason: RejectReason; readonly message: string }

/** Longer than any URL a browser sends on; more is cut, not refused: it costs a report, not the event. */
const MAX_URL_CHARS = 8_192
const MAX_CAMPAIGN_CHARS = 512

const DEFAULT_NAMES = { page: 'page_view', identify: 'identify', engagement: 'engagement' } as const
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const CAMPAIGN_KEYS = ['source', 'medium', 'name', 'term', 'content'] as const

/**
 * One event from an untrusted value: the event with defaults filled in and unknown fields left out, or why it is refused.
 * Texts come back well-formed; `null` counts as absent; fractions of a millisecond are dropped. Its size is the caller's to judge.
 */
export function parseEvent(value: unknown, clocks: Clocks): ParsedEvent {
  if (!isRecord(value)) return refuse('not_an_object', 'An event must be a JSON object.')
  const id = field(value, 'id')
  if (!isId(id))
    return refuse(
      'bad_id',
      `id must be a text of 1 to ${MAX_ID_CHARS} characters without control characters.`,
    )
  const type = field(value, 'type')
  if (!isEventType(type)) return refuse('bad_type', `type must be one of ${EVENT_TYPES.join(', ')}.`)
  const name = field(value, 'name') ?? (type === 'track' ? undefined : DEFAULT_NAMES[type])
  if (!isName(name))
    return refuse(
      'bad_name',
      `name must be a text of 1 to ${MAX_NAME_CHARS} characters; a track event needs one.`,
    )
  const time = field(value, 'time')
  if (!isTime(time, clocks))
    return refuse('bad_time', 'time must be epoch milliseconds, from the year 2000 to two days after sentAt.')
  const visitorId = ownerField(value, 'visitorId')
  const userId = ownerField(value, 'userId')
  if (!isOptionalId(visitorId) || !isOptionalId(userId) || (visitorId ?? userId) === undefined)
    return refuse('bad_visitor', `visitorId or userId must be a text of 1 to ${MAX_ID_CHARS} characters.`)
  const session = parseSessionStamp(field(value, 'session'))
  if (session === 'bad')
    return refuse('bad_session', 'session must be an object with an id; its number counts from 1.')
  const tags = parseTags(field(value, 'tags'))
  if (tags === 'too_many') return refuse('too_many_tags', `An event can have at most ${MAX_TAGS} tags.`)
  if (tags === 'bad') return refuse('bad_field', `tags must be texts of 1 to ${MAX_NAME_CHARS} characters.`)
  try {
    const properties = recordField(value, 'properties')
    const traits = recordField(value, 'traits')
    const cleanProperties = wellFormedJson(properties, MAX_DEPTH) as JsonObject | undefined
    const cleanTraits = wellFormedJson(traits, MAX_DEPTH) as JsonObject | undefined
    if ((properties && !cleanProperties) || (traits && !cleanTraits))
      return refuse('too_deep', `properties and traits can nest at most ${MAX_DEPTH} levels deep.`)
    const passive = type === 'engagement' || (booleanField(value, 'passive') ?? false)
    const event: Draft<WireEvent> = { id, type, name: toWellFormed(name), time: Math.floor(time), passive }
    put(event, 'visitorId', visitorId)
    put(event, 'userId', userId)
    put(event, 'session', session)
    put(event, 'page', parsePage(recordField(value, 'page')))
    put(event, 'campaign', parseCampaign(recordField(value, 'campaign')))
    put(event, 'tab', parseTab(value))
    put(event, 'seq', wholeField(value, 'seq', 0))
    put(event, 'tags', tags)
    put(event, 'properties', cleanProperties)
    put(event, 'traits', cleanTraits)
    return { ok: true, event }
  } catch (error) {
    if (error instanceof BadField) return refuse('bad_field', `${error.message}.`)
    throw error
  }
}

/** True for a text that can be an id: 1–128 characters, well-formed, without control characters. */
export function isId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= MAX_ID_CHARS &&
    !CONTROL.test(value) &&
    isWellFormed(value)
  )
}

/** As `field`; an empty text is absent, too, which many senders have for nobody. */
function ownerField(value: UnknownRecord, key: 'visitorId' | 'userId'): unknown {
  const owner = field(value, key)
  return owner === '' ? undefined : owner
}

function isOptionalId(value: unknown): value is string | undefined {
  return value === undefined || isId(value)
}

function isEventType(value: unknown): value is EventType {
  return EVENT_TYPES.includes(value as EventType)
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME_CHARS
}

function isTime(value: unknown, { sentAt, clockOffsetMs }: Clocks): value is EpochMs {
  return (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    value + clockOffsetMs >= EARLIEST_TIME &&
    value <= sentAt + MAX_FUTURE_MS
  )
}

/** The session that an event or a link carries, from an untrusted value; undefined for none. */
export function parseSessionStamp(value: unknown): SessionStamp | 'bad' | undefined {
  if (value === undefined) return undefined
  if (!isRecord(value)) return 'bad'
  const id = field(value, 'id')
  const previousId = field(value, 'previousId')
  const startReason = field(value, 'startReason')
  if (!isId(id) || !isOptionalId(previousId)) return 'bad'
  if (startReason !== undefined && !START_REASONS.includes(startReason as StartReason)) return 'bad'
  try {
    const startedAt = numberField(value, 'startedAt')
    const stamp: Draft<SessionStamp> = { id }
    put(stamp, 'number', wholeField(value, 'number', 1))
    put(stamp, 'startedAt', startedAt === undefined ? undefined : Math.floor(startedAt))
    put(stamp, 'previousId', previousId)
    put(stamp, 'startReason', startReason as StartReason | undefined)
    return stamp
  } catch (error) {
    if (error instanceof BadField) return 'bad'
    throw error
  }
}

function parseTags(value: unknown): readonly string[] | 'bad' | 'too_many' | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value)) return 'bad'
  if (value.length > MAX_TAGS) return 'too_many'
  if (!value.every(isName)) return 'bad'
  return value.length === 0 ? undefined : [...new Set(value.map(toWellFormed))]
}

function parsePage(page: UnknownRecord | undefined): PageContext | undefined {
  if (!page) return undefined
  const parsed: Draft<PageContext> = {}
  put(parsed, 'url', cutText(page, 'url', MAX_URL_CHARS))
  put(parsed, 'path', cutText(page, 'path', MAX_URL_CHARS))
  put(parsed, 'title', cutText(page, 'title', 1_024))
  put(parsed, 'referrer', cutText(page, 'referrer', MAX_URL_CHARS))
  return unlessEmpty(parsed)
}

function parseCampaign(campaign: UnknownRecord | undefined): Campaign | undefined {
  if (!campaign) return undefined
  const parsed: Draft<Campaign> = {}
  for (const key of CAMPAIGN_KEYS) put(parsed, key, cutText(campaign, key, MAX_CAMPAIGN_CHARS))
  return unlessEmpty(parsed)
}

/** A text cut to `maxChars`; an empty one counts as absent. */
function cutText(record: UnknownRecord, key: string, maxChars: number): string | undefined {
  return textField(record, key, Infinity)?.slice(0, maxChars) || undefined
}

function parseTab(value: UnknownRecord): string | undefined {
  const tab = field(value, 'tab')
  if (!isOptionalId(tab)) throw new BadField(`tab must be a text of 1 to ${MAX_ID_CHARS} characters`)
  return tab
}

function refuse(reason: RejectReason, message: string): ParsedEvent {
  return { ok: false, reason, message }
}
