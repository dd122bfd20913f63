import { LIFECYCLES, SESSION_STATUSES } from '@sojourn/protocol'
import {
  ANYTHING,
  COUNT,
  EPOCH_MS,
  FLAG,
  ISO_TIME,
  NUMBER,
  TEXT,
  about,
  enumOf,
  listOf,
  record,
  ref,
} from '../schema.ts'
import type { Schema } from '../schema.ts'

const NAMED_SOURCE = record({ id: TEXT, name: TEXT, type: TEXT })
const COUNTRY = record({ code: TEXT, name: TEXT })
const BEGIN_OR_END = record({ event: TEXT }, { gapMs: NUMBER })

/** A session and its parts, as the read API answers them. */
export const SESSION_SCHEMAS: Readonly<Record<string, Schema>> = {
  Session: about(
    record(
      {
        id: TEXT,
        definition: TEXT,
        metadata: record({
          time: record({
            insert: about(ISO_TIME, 'Time of the first event.'),
            create: about(ISO_TIME, 'When the collector first wrote it.'),
            update: about(ISO_TIME, 'When the collector last wrote it.'),
            timestamp: about(NUMBER, '`insert` in seconds.'),
            duration: about(COUNT, 'Whole seconds from the first to the last event that is not passive.'),
            engaged: about(COUNT, 'Whole seconds in which the page was visible and in use.'),
            weekday: {
              type: 'integer',
              minimum: 0,
              maximum: 6,
              description: 'In its timezone; 0 is Sunday.',
            },
          }),
          channel: enumOf(['web', 'server']),
          status: enumOf(SESSION_STATUSES),
        }),
        profile: record({ id: TEXT }, { userId: TEXT }),
        source: NAMED_SOURCE,
        segments: listOf(ref('SessionSegment')),
        counts: record({ events: COUNT, pageViews: COUNT, passive: COUNT }),
        tags: listOf(TEXT),
        bounce: FLAG,
      },
      {
        number: COUNT,
        previousId: TEXT,
        startReason: TEXT,
        endReason: TEXT,
        why: record({ start: BEGIN_OR_END }, { end: BEGIN_OR_END }),
        visitor: record({ id: TEXT }),
        lifecycle: enumOf(LIFECYCLES),
        device: ref('Device'),
        os: record({ name: TEXT }, { version: TEXT }),
        app: record(
          { bot: FLAG },
          { type: TEXT, name: TEXT, version: TEXT, language: TEXT, resolution: TEXT },
        ),
        utm: record({}, { source: TEXT, medium: TEXT, campaign: TEXT, term: TEXT, content: TEXT }),
        referrer: record({ url: TEXT, host: TEXT }),
        context: record({}, { timezone: TEXT }),
        properties: ANYTHING,
        traits: ANYTHING,
        entry: ref('SessionEdge'),
        exit: ref('SessionEdge'),
        points: NUMBER,
        goals: listOf(TEXT),
      },
    ),
    'A run of events of one visitor or profile under one definition. A field that is not known is absent.',
  ),
  SessionSegment: about(
    record({ source: TEXT, type: TEXT, start: ISO_TIME, duration: COUNT, events: COUNT }),
    'A run of events of a session from one source.',
  ),
  SessionEdge: about(
    record({ name: TEXT, time: ISO_TIME }, { path: TEXT }),
    'The first or last event of a session that is not passive.',
  ),
  Device: record(
    {},
    {
      type: TEXT,
      brand: TEXT,
      model: TEXT,
      touch: FLAG,
      ip: TEXT,
      resolution: TEXT,
      colorDepth: NUMBER,
      orientation: TEXT,
      geo: ref('Geo'),
    },
  ),
  Geo: record({}, { country: COUNTRY, city: TEXT, latitude: NUMBER, longitude: NUMBER }),
  SessionStamp: about(
    record({ id: TEXT }, { number: COUNT, startedAt: EPOCH_MS, previousId: TEXT, startReason: TEXT }),
    'The session that the sender stamped on the event.',
  ),
}
