import { toWellFormed } from '@sojourn/protocol'
import fc from 'fast-check'
import { ADMIN_TOKEN } from '../process/collector.ts'
import { fuzzBodies, nastyText } from './fuzz-bodies.ts'
import type { Foreign } from './fuzz-bodies.ts'

/** One request of the fuzzer, as it goes over the wire. */
export interface FuzzRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
}

const METHODS = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'HEAD',
  'TRACE',
  'PROPFIND',
  'FOO',
  'get',
]

const ROUTES = [
  '/v1/events',
  '/v1/sessions',
  '/v1/sessions.csv',
  '/v1/sessions.ndjson',
  '/v1/sessions/:id',
  '/v1/sessions/:id/events',
  '/v1/events/live',
  '/v1/sessions/live',
  '/v1/profiles',
  '/v1/profiles/:id',
  '/v1/metrics/timeseries',
  '/v1/metrics/entries',
  '/v1/definitions',
  '/v1/definitions/what-if',
  '/v1/definitions/compare',
  '/v1/sources',
  '/v1/sources/:id',
  '/v1/script',
  '/v1/login',
  '/v1/logout',
  '/v1/openapi.json',
  '/healthz',
  '/readyz',
  '/metrics',
  '/sojourn.js',
  '/',
  '/start.js',
  '/demo/',
]

const PARAMETERS = [
  'definition',
  'profile',
  'visitor',
  'source',
  'sourceType',
  'from',
  'to',
  'minDuration',
  'maxDuration',
  'minEvents',
  'maxEvents',
  'minPoints',
  'entry',
  'exit',
  'entryPath',
  'exitPath',
  'event',
  'tag',
  'path',
  'goal',
  'converted',
  'lifecycle',
  'status',
  'device',
  'country',
  'utm_source',
  'utm_campaign',
  'sort',
  'limit',
  'cursor',
  'type',
  'name',
  'user',
  'interval',
  'tz',
  'compare',
  'nobody',
]

const value = fc.oneof(
  nastyText,
  fc.constantFrom(
    'client',
    'started',
    'active',
    'ended',
    '-start',
    'duration',
    '1',
    '500',
    '501',
    '2024-05-30',
    'true',
    'FR',
    'page',
    '-events',
  ),
  fc.integer().map(String),
)

/** Any request that ends: its length is told rightly, or too short, so that the rest is a request of its own. */
export function fuzzRequests(foreign: Foreign): fc.Arbitrary<FuzzRequest> {
  const ingest = fc.record({
    method: fc.constant('POST'),
    target: fc.constant('/v1/events'),
    headers: headersFor(['application/json', 'text/plain', 'text/plain;charset=UTF-8']),
    sent: fuzzBodies(foreign),
  })
  const anything = fc.record({
    method: fc.constantFrom(...METHODS),
    target: targets(),
    headers: headersFor(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'a/b', '']),
    sent: fc.oneof(fc.constant({ bytes: Buffer.alloc(0) }), fuzzBodies(foreign)),
  })
  const read = fc.record({
    method: fc.constant('GET'),
    target: targets(),
    headers: headersFor([]),
    sent: fc.constant({ bytes: Buffer.alloc(0) }),
  })
  return fc.oneof(ingest, anything, read).map(({ method, target, headers, sent }) => ({
    method,
    target,
    headers: [
      ...headers,
      ...('encoding' in sent && sent.encoding !== undefined
        ? [['Content-Encoding', sent.encoding] as const]
        : []),
    ],
    body: sent.bytes,
  }))
}

/** The bytes of a request. Texts of headers and targets go as UTF-8, without the characters that would end their line. */
export function toBytes({ method, target, headers, body }: FuzzRequest): Buffer {
  const lines = headers.map(([name, text]) => `${name}: ${text.replace(/[\r\n]/g, '')}\r\n`).join('')
  const length = body.length > 0 || method === 'POST' ? `Content-Length: ${body.length}\r\n` : ''
  return Buffer.concat([
    Buffer.from(`${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines}${length}\r\n`),
    body,
  ])
}

function targets(): fc.Arbitrary<string> {
  const route = fc
    .tuple(fc.constantFrom(...ROUTES), value)
    .map(([path, id]) => path.replace(':id', encodeURIComponent(toWellFormed(id))))
  const query = fc
    .array(fc.tuple(fc.constantFrom(...PARAMETERS), value), { maxLength: 4 })
    .map((pairs) => pairs.map(([key, text]) => `${key}=${encodeURIComponent(toWellFormed(text))}`).join('&'))
    .map((query) => (query === '' ? '' : `?${query}`))
  const raw = fc.oneof(
    fc.string({ unit: 'grapheme-ascii', maxLength: 30 }).map((text) => `/${text.replace(/[\s]/g, '')}`),
    fc.constantFrom(
      '*',
      '//',
      '/%',
      '/%00',
      '/v1/%2e%2e/%2e%2e/etc/passwd',
      '/../package.json',
      '/v1/sessions/%ff',
      'http://evil.example/v1/sessions',
      '/v1/sessions?cursor=%',
      `/${'a'.repeat(9_000)}`,
    ),
  )
  return fc.oneof(
    { weight: 8, arbitrary: fc.tuple(route, query).map(([path, parameters]) => path + parameters) },
    { weight: 1, arbitrary: raw },
  )
}

function headersFor(types: readonly string[]): fc.Arbitrary<readonly (readonly [string, string])[]> {
  const pair = (
    name: string,
    values: readonly string[],
  ): fc.Arbitrary<readonly (readonly [string, string])[]> =>
    fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.constantFrom(...values).map((text) => [[name, text] as const]) },
    )
  const client = fc
    .oneof(
      { weight: 9, arbitrary: fc.ipV4() },
      { weight: 1, arbitrary: fc.constantFrom('x', '::ffff:1.2.3.4, 10.0.0.1', ',') },
    )
    .map((address) => [['X-Forwarded-For', address] as const])
  return fc
    .tuple(
      types.length === 0 ? fc.constant([]) : pair('Content-Type', types),
      pair('Authorization', [
        `Bearer ${ADMIN_TOKEN}`,
        `Bearer ${ADMIN_TOKEN}`,
        `Bearer ${ADMIN_TOKEN} `,
        'Bearer',
        'Bearer x',
        'Basic e30=',
      ]),
      pair('Origin', ['null', 'https://shop.example', 'http://127.0.0.1', 'file://', '://']),
      pair('Cookie', ['sojourn_admin=x', 'a', ';=;', 'sojourn_admin=%', `${'c=d;'.repeat(500)}`]),
      client,
      pair('User-Agent', ['Mozilla/5.0', 'curl/8', '\u202e', 'x'.repeat(3_000)]),
      pair('Accept', ['text/html', 'text/event-stream', '*/*', 'x']),
      pair('If-None-Match', ['*', '"x"', 'W/""']),
      pair('Range', ['bytes=0-', 'bytes=9-1', 'x']),
    )
    .map((groups) => groups.flat())
}
