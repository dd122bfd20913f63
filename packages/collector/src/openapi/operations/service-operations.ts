import { ROLES } from '../../access/access.ts'
import type { Operation } from '../operation.ts'
import { ANYTHING, TEXT, enumOf, listOf, record, ref } from '../schema.ts'

const ACCESS = enumOf(ROLES)

/** The collector itself: logging in, its health, its script and its description. */
export const SERVICE_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/login',
    summary: 'Logs a browser in with a token.',
    admission: 'anyone',
    body: record({ token: TEXT }),
    answer: { status: 204, description: 'The cookie is set.' },
  },
  {
    method: 'post',
    path: '/v1/logout',
    summary: 'Logs a browser out.',
    admission: 'anyone',
    answer: { status: 204, description: 'The cookie is ended.' },
  },
  {
    method: 'get',
    path: '/v1/login',
    summary: 'What the token of this request may do.',
    admission: 'token',
    answer: { status: 200, description: 'Its access.', schema: record({ access: ACCESS }) },
  },
  {
    method: 'get',
    path: '/v1/tokens',
    summary: 'Which tokens there are, and where each comes from; never the tokens themselves.',
    admission: 'token',
    answer: {
      status: 200,
      description: 'One entry for each kind of access.',
      schema: record({
        tokens: listOf(record({ access: ACCESS, origin: enumOf(['setting', 'made', 'none']) })),
      }),
    },
  },
  {
    method: 'post',
    path: '/v1/tokens',
    summary: 'Makes a new token, which ends the old one of its kind.',
    admission: 'admin',
    body: record({ access: ACCESS }),
    answer: {
      status: 201,
      description: 'The token, which is shown this once.',
      schema: record({ access: ACCESS, token: TEXT }),
    },
  },
  {
    method: 'delete',
    path: '/v1/tokens/read',
    summary: 'Ends the read-only token.',
    admission: 'admin',
    answer: { status: 204, description: 'It is ended.' },
  },
  {
    method: 'get',
    path: '/v1/health',
    summary: 'What became of events, and how the collector fares.',
    admission: 'token',
    answer: { status: 200, description: 'The figures.', schema: ref('Health') },
  },
  {
    method: 'get',
    path: '/v1/script',
    summary: 'The SDK as this collector serves it.',
    admission: 'token',
    answer: { status: 200, description: 'Where it is, and its hash for integrity.', schema: ref('Script') },
  },
  {
    method: 'get',
    path: '/v1/openapi.json',
    summary: 'This description.',
    admission: 'token',
    answer: { status: 200, description: 'OpenAPI 3.1.', schema: ANYTHING },
  },
  {
    method: 'get',
    path: '/healthz',
    summary: 'The process answers.',
    admission: 'anyone',
    answer: { status: 200, description: 'It does.', schema: record({ status: enumOf(['ok']) }) },
  },
  {
    method: 'get',
    path: '/readyz',
    summary: 'Events can be stored right now; else 503.',
    admission: 'anyone',
    answer: { status: 200, description: 'They can.', schema: record({ status: enumOf(['ready']) }) },
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'The figures of /v1/health for Prometheus.',
    admission: 'token',
    answer: { status: 200, description: 'Text exposition format.', type: 'text/plain', schema: TEXT },
  },
  {
    method: 'get',
    path: '/sojourn.js',
    summary: 'The SDK as a script.',
    admission: 'anyone',
    answer: { status: 200, description: 'The script.', type: 'text/javascript', schema: TEXT },
  },
]
