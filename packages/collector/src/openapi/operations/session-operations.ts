import { LIVE_SESSIONS_PARAMETERS } from '../../live/live-routes.ts'
import {
  EXPORT_PARAMETERS,
  ONE_SESSION_PARAMETERS,
  SESSION_EVENTS_PARAMETERS,
  SESSION_PARAMETERS,
} from '../../query/sessions-parameters.ts'
import type { Operation } from '../operation.ts'
import { TEXT, listOf, record, ref } from '../schema.ts'

const NEXT = { type: ['string', 'null'] }

/** Where sessions are read. */
export const SESSION_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/sessions',
    summary: 'Sessions, latest start first.',
    admission: 'token',
    parameters: SESSION_PARAMETERS,
    answer: {
      status: 200,
      description: 'A page of sessions.',
      schema: record({ sessions: listOf(ref('Session')), next: NEXT }),
    },
  },
  {
    method: 'get',
    path: '/v1/sessions.csv',
    summary: 'All sessions that the filters find, as a table.',
    admission: 'token',
    parameters: EXPORT_PARAMETERS,
    answer: { status: 200, description: 'RFC 4180, with a header.', type: 'text/csv', schema: TEXT },
  },
  {
    method: 'get',
    path: '/v1/sessions.ndjson',
    summary: 'All sessions that the filters find.',
    admission: 'token',
    parameters: EXPORT_PARAMETERS,
    answer: { status: 200, description: 'One Session a line.', type: 'application/x-ndjson', schema: TEXT },
  },
  {
    method: 'get',
    path: '/v1/sessions/live',
    summary: 'Sessions as their events are stored, each as it is then. Last-Event-ID goes on after one.',
    admission: 'token',
    parameters: LIVE_SESSIONS_PARAMETERS,
    answer: {
      status: 200,
      description: 'Server-sent events, each a Session.',
      type: 'text/event-stream',
      schema: TEXT,
    },
  },
  {
    method: 'get',
    path: '/v1/sessions/:id',
    summary: 'One session.',
    admission: 'token',
    parameters: ONE_SESSION_PARAMETERS,
    answer: { status: 200, description: 'The session.', schema: ref('Session') },
  },
  {
    method: 'get',
    path: '/v1/sessions/:id/events',
    summary: 'The events of a session, oldest first.',
    admission: 'token',
    parameters: SESSION_EVENTS_PARAMETERS,
    answer: {
      status: 200,
      description: 'A page of events.',
      schema: record({ events: listOf(ref('Event')), next: NEXT }),
    },
  },
]
