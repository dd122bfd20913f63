import {
  EVENT_TYPES,
  MAX_BATCH_EVENTS,
  MAX_ID_CHARS,
  MAX_NAME_CHARS,
  MAX_TAGS,
  REJECT_REASONS,
} from '@sojourn/protocol'
import {
  ANYTHING,
  COUNT,
  EPOCH_MS,
  FLAG,
  NUMBER,
  TEXT,
  about,
  enumOf,
  listOf,
  record,
  ref,
} from '../schema.ts'
import type { Schema } from '../schema.ts'

const ID: Schema = { type: 'string', minLength: 1, maxLength: MAX_ID_CHARS }
const NAME: Schema = { type: 'string', minLength: 1, maxLength: MAX_NAME_CHARS }

const PAGE = record({}, { url: TEXT, path: TEXT, title: TEXT, referrer: TEXT })
const CAMPAIGN = record({}, { source: TEXT, medium: TEXT, name: TEXT, term: TEXT, content: TEXT })

/** What an event may hold whichever way it goes. */
const DETAILS = {
  visitorId: ID,
  userId: ID,
  session: ref('SessionStamp'),
  page: PAGE,
  campaign: CAMPAIGN,
  tab: ID,
  seq: COUNT,
  tags: { type: 'array', items: NAME, maxItems: MAX_TAGS },
  properties: ANYTHING,
  traits: ANYTHING,
}

const CONTEXT = {
  userAgent: TEXT,
  userAgentData: record(
    {},
    {
      platform: TEXT,
      mobile: FLAG,
      brands: listOf(record({ brand: TEXT, version: TEXT })),
      platformVersion: TEXT,
      model: TEXT,
    },
  ),
  locale: TEXT,
  timezone: TEXT,
  touch: FLAG,
  screen: record(
    {},
    { width: NUMBER, height: NUMBER, density: NUMBER, colorDepth: NUMBER, orientation: TEXT },
  ),
  viewport: record({}, { width: NUMBER, height: NUMBER }),
  app: record({}, { name: TEXT, version: TEXT }),
  sdk: record({}, { name: TEXT, version: TEXT, timeoutMs: NUMBER }),
  automated: FLAG,
  privacy: record({}, { gpc: FLAG, dnt: FLAG }),
  dropped: COUNT,
}

/** What is sent takes unknown fields, which are ignored. */
const open = (schema: Schema): Schema => ({ ...schema, additionalProperties: true })

/** Events on their way in, and as the read API answers them. */
export const EVENT_SCHEMAS: Readonly<Record<string, Schema>> = {
  Batch: open(
    record(
      {
        writeKey: TEXT,
        sentAt: EPOCH_MS,
        events: { type: 'array', items: ref('SentEvent'), maxItems: MAX_BATCH_EVENTS },
      },
      { context: open(record({}, CONTEXT)) },
    ),
  ),
  SentEvent: open(
    about(
      record(
        { id: ID, type: enumOf(EVENT_TYPES), time: EPOCH_MS },
        { name: NAME, passive: FLAG, ...DETAILS },
      ),
      'visitorId or userId is needed, and for a track name. Unknown fields are ignored.',
    ),
  ),
  IngestAnswer: about(
    record({ accepted: COUNT, duplicates: COUNT, rejected: listOf(ref('Rejection')) }),
    'Sent only when what was accepted is durable.',
  ),
  Rejection: record({ index: COUNT, reason: enumOf(REJECT_REASONS), message: TEXT }, { id: TEXT }),
  Event: about(
    record(
      {
        id: TEXT,
        type: enumOf(EVENT_TYPES),
        name: TEXT,
        time: about(EPOCH_MS, "Epoch milliseconds on the sender's clock."),
        passive: FLAG,
        correctedTime: about(EPOCH_MS, "Epoch milliseconds on the collector's clock; order follows it."),
        receivedAt: EPOCH_MS,
        clockOffsetMs: NUMBER,
        source: record({ id: TEXT }, { name: TEXT, type: TEXT }),
        context: record({}, { ...CONTEXT, ip: TEXT, geo: ref('Geo') }),
      },
      {
        sessionId: about(TEXT, 'Its session under `client`; absent for one that belongs to none.'),
        ...DETAILS,
      },
    ),
    'An event as it was sent, and what the collector added to it.',
  ),
}
