import { REJECT_REASONS } from '@sojourn/protocol'
import { COUNT, ISO_TIME, NUMBER, TEXT, about, enumOf, listOf, record } from '../schema.ts'
import type { Schema } from '../schema.ts'

const SOURCE_NAME = record({ id: TEXT }, { name: TEXT })

/** What is said of the collector itself, and how a request fails. */
export const SERVICE_SCHEMAS: Readonly<Record<string, Schema>> = {
  Problem: about(
    record(
      {
        type: about(TEXT, 'urn:sojourn:problem: and the kind.'),
        title: TEXT,
        status: { type: 'integer', minimum: 400, maximum: 599 },
        detail: about(TEXT, 'One sentence that says how to mend it.'),
        requestId: TEXT,
      },
      { errors: about(listOf(TEXT), 'All that is wrong, where it is more than one thing.'), reason: TEXT },
    ),
    'A request that failed as a whole (RFC 9457).',
  ),
  Source: record({ id: TEXT, name: TEXT, type: TEXT, origins: listOf(TEXT), writeKey: TEXT }),
  NewSource: record({ name: TEXT, type: TEXT }, { origins: listOf(TEXT), writeKey: TEXT }),
  SourceChange: record({}, { name: TEXT, type: TEXT, origins: listOf(TEXT) }),
  Health: about(
    record(
      {
        since: about(ISO_TIME, 'When the process began to count.'),
        events: record({
          accepted: COUNT,
          duplicates: COUNT,
          late: about(COUNT, 'Accepted over an hour after they happened.'),
          dropped: about(COUNT, 'Reported by senders as given up.'),
          rejected: record(Object.fromEntries(REJECT_REASONS.map((reason) => [reason, COUNT]))),
        }),
        rejections: about(
          listOf(
            record(
              {
                index: COUNT,
                reason: enumOf(REJECT_REASONS),
                message: TEXT,
                source: SOURCE_NAME,
                time: ISO_TIME,
              },
              { id: TEXT },
            ),
          ),
          'The last few refused events of each reason.',
        ),
        refusedRequests: about(
          { type: 'object', additionalProperties: COUNT },
          'Requests to /v1/events that failed as a whole, by kind of problem.',
        ),
        skewedBatches: about(COUNT, 'Batches of senders whose clock was plainly wrong.'),
        sequenceGaps: about(
          listOf(record({ source: SOURCE_NAME, tabs: COUNT, missing: COUNT })),
          'Events that tabs numbered and that have not arrived.',
        ),
        commits: record(
          { count: COUNT, failed: COUNT, queuedEvents: COUNT },
          { p50Ms: NUMBER, p99Ms: NUMBER },
        ),
        storedBytes: COUNT,
        memoryBytes: COUNT,
        streams: COUNT,
      },
      {
        damage: about(
          record({ count: COUNT, lastAt: ISO_TIME, last: TEXT }),
          'Damage of the stored data that reads met; absent while they met none.',
        ),
      },
    ),
    'What became of events since the process began, and how the collector fares.',
  ),
  Script: record({ path: TEXT }, { integrity: TEXT, bytes: COUNT }),
  Link: record({ writeKey: TEXT, token: TEXT }),
}
