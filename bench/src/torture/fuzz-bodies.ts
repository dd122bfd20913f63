import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { WRITE_KEY } from '../process/collector.ts'

/** What belongs to others, and a fuzzer tries to touch: it may name these ids, and nothing may come of it. */
export interface Foreign {
  readonly writeKey: string
  readonly eventIds: readonly string[]
  readonly sessionIds: readonly string[]
}

/** Texts that have broken such programs before. */
export const nastyText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '\ud800',
    'a\r\nX-Injected: 1',
    "'; drop table events; --",
    '" or 1=1 --',
    '%',
    '_',
    '*',
    '=cmd|a!A1',
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '\u202egpj.exe',
    'NaN',
    '-1',
    '1e309',
    '9007199254740993',
    'null',
    'true',
    'x'.repeat(300),
    'é'.repeat(129),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.uuid(),
)

const nastyNumber = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    -(2 ** 63),
    1e308,
    1e-308,
    8.64e15,
    8.64e15 + 1,
    1_717_055_063_100,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 1_000_000_000_000, max: 2_000_000_000_000 }),
)

const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  nastyNumber,
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(nastyText, nastyText, { maxKeys: 5 }),
  fc.integer({ min: 1, max: 60 }).map((depth) => nest(depth)),
)

/** A batch in which most things are right and some are anything. */
function batchOf(foreign: Foreign): fc.Arbitrary<unknown> {
  const odd = <Value>(right: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 6, arbitrary: right as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: nastyValue })
  const session = fc.record(
    {
      id: odd(fc.oneof(fc.uuid(), fc.constantFrom(...foreign.sessionIds))),
      number: odd(fc.nat(9)),
      startedAt: odd(fc.integer({ min: 1_717_000_000_000, max: 1_717_000_900_000 })),
      previousId: odd(fc.uuid()),
      startReason: odd(fc.constantFrom('first', 'timeout')),
    },
    { requiredKeys: ['id'] },
  )
  const event = fc.record(
    {
      id: odd(fc.oneof(fc.uuid(), fc.constantFrom(...foreign.eventIds))),
      type: odd(fc.constantFrom('page', 'track', 'identify', 'engagement')),
      name: odd(nastyText),
      time: odd(fc.integer({ min: 1_717_000_000_000, max: 1_717_000_900_000 })),
      visitorId: odd(fc.uuid()),
      userId: odd(nastyText),
      session: odd(session),
      page: odd(
        fc.record({
          url: odd(fc.webUrl()),
          path: odd(nastyText),
          title: odd(nastyText),
          referrer: odd(fc.webUrl()),
        }),
      ),
      campaign: odd(fc.dictionary(fc.constantFrom('source', 'medium', 'name', 'term'), nastyText)),
      tab: odd(nastyText),
      seq: odd(fc.nat()),
      tags: odd(fc.array(nastyText, { maxLength: 70 })),
      passive: odd(fc.boolean()),
      properties: odd(fc.dictionary(nastyText, nastyValue, { maxKeys: 6 })),
      traits: odd(fc.dictionary(nastyText, nastyValue, { maxKeys: 4 })),
    },
    { requiredKeys: ['id', 'type', 'time', 'visitorId'] },
  )
  return fc.record(
    {
      writeKey: odd(fc.constant(WRITE_KEY)),
      sentAt: odd(fc.constant(1_717_000_900_000)),
      context: odd(
        fc.dictionary(
          fc.constantFrom('userAgent', 'locale', 'timezone', 'screen', 'sdk', 'dropped'),
          nastyValue,
        ),
      ),
      events: odd(fc.array(odd(event), { maxLength: 8 })),
    },
    { requiredKeys: ['writeKey', 'sentAt', 'events'] },
  )
}

/** The bytes of a request's body, of all kinds, and the encoding it was brought into. */
export function fuzzBodies(
  foreign: Foreign,
): fc.Arbitrary<{ readonly bytes: Buffer; readonly encoding?: string }> {
  const text = fc.oneof(
    { weight: 8, arbitrary: batchOf(foreign).map((batch) => JSON.stringify(batch)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.tuple(batchOf(foreign), fc.double({ min: 0, max: 1 })).map(cutShort) },
    { weight: 1, arbitrary: nastyText },
  )
  const bytes = fc.oneof(
    { weight: 9, arbitrary: text.map((value) => Buffer.from(value)) },
    { weight: 1, arbitrary: text.map((value) => Buffer.from(value, 'utf16le')) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((value) => Buffer.from(value)) },
    { weight: 1, arbitrary: fc.constant(Buffer.alloc(600_000, ' ')) },
  )
  return fc.oneof(
    { weight: 6, arbitrary: bytes.map((value) => ({ bytes: value })) },
    { weight: 2, arbitrary: bytes.map((value) => ({ bytes: gzipSync(value), encoding: 'gzip' })) },
    {
      weight: 1,
      arbitrary: bytes.map((value) => ({ bytes: gzipSync(value).subarray(0, -9), encoding: 'gzip' })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(bytes, fc.constantFrom('gzip', 'deflate', 'br', 'x', 'gzip, gzip', ''))
        .map(([value, encoding]) => ({ bytes: value, encoding })),
    },
    {
      weight: 1,
      arbitrary: fc.constant({ bytes: gzipSync(Buffer.alloc(30_000_000, 'a')), encoding: 'gzip' }),
    },
  )
}

function cutShort([batch, share]: readonly [unknown, number]): string {
  const text = JSON.stringify(batch)
  return text.slice(0, Math.floor(share * text.length))
}

function nest(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? { a: value } : [value]
  return value
}
