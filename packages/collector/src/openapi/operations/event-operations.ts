import { LIVE_EVENTS_PARAMETERS } from '../../live/live-routes.ts'
import { EVENT_EXPORT_PARAMETERS, EVENT_PARAMETERS } from '../../query/events-parameters.ts'
import type { Operation } from '../operation.ts'
import { TEXT, listOf, record, ref } from '../schema.ts'

/** Where events come in, and where they are read. */
export const EVENT_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/events',
    summary: 'Sends events. Answers when they are durable; sending them again stores nothing twice.',
    admission: 'write-key',
    body: ref('Batch'),
    answer: { status: 200, description: 'What became of each event.', schema: ref('IngestAnswer') },
  },
  {
    method: 'get',
    path: '/v1/events',
    summary: 'Events, newest first.',
    admission: 'token',
    parameters: EVENT_PARAMETERS,
    answer: {
      status: 200,
      description: 'A page of events.',
      schema: record({ events: listOf(ref('Event')), next: { type: ['string', 'null'] } }),
    },
  },
  {
    method: 'get',
    path: '/v1/events.csv',
    summary: 'All events that the filters find, newest first.',
    admission: 'token',
    parameters: EVENT_EXPORT_PARAMETERS,
    answer: {
      status: 200,
      description: 'The most used fields; texts that a spreadsheet would calculate are made harmless.',
      type: 'text/csv',
      schema: TEXT,
    },
  },
  {
    method: 'get',
    path: '/v1/events.ndjson',
    summary: 'All events that the filters find, newest first.',
    admission: 'token',
    parameters: EVENT_EXPORT_PARAMETERS,
    answer: { status: 200, description: 'One Event a line.', type: 'application/x-ndjson', schema: TEXT },
  },
  {
    method: 'get',
    path: '/v1/events/live',
    summary: 'Events as they are stored. Last-Event-ID goes on after an event.',
    admission: 'token',
    parameters: LIVE_EVENTS_PARAMETERS,
    answer: {
      status: 200,
      description: 'Server-sent events, each an Event.',
      type: 'text/event-stream',
      schema: TEXT,
    },
  },
]
