import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { MAX_BATCH_EVENTS, MAX_DEPTH, MAX_EVENT_BYTES } from './limits.ts'
import { parseBatch } from './parse-batch.ts'
import type { ParsedBatch } from './parse-batch.ts'
import { REJECT_REASONS } from './reject-reason.ts'

const NOW = 1_717_055_063_243
const receipt = { receivedAt: NOW }

function event(changes: object = {}): Record<string, unknown> {
  return { id: 'e1', type: 'track', name: 'clicked', time: NOW - 100, visitorId: 'v1', ...changes }
}

function batch(events: unknown, changes: object = {}): unknown {
  return { writeKey: 'pk_demo', sentAt: NOW, events, ...changes }
}

/** Through JSON text, as a request arrives. */
function parsed(value: unknown): ParsedBatch {
  const result = parseBatch(JSON.parse(JSON.stringify(value)), receipt)
  if (!result.ok) throw new Error(result.problem)
  return result
}

function reasonFor(changes: object): string | undefined {
  const result = parsed(batch([event({ id: 'before' }), event(changes), event({ id: 'after' })]))
  const kept = result.events.map((entry) => entry.event.id)
  expect(kept).toContain('before')
  expect(kept).toContain('after')
  expect(result.rejected.every((rejection) => rejection.index === 1)).toBe(true)
  return result.rejected[0]?.reason
}

describe('a whole batch', () => {
  test('gives each event under its index, with defaults filled in', () => {
    const result = parsed(batch([{ id: 'a', type: 'page', time: NOW, visitorId: 'v', extra: 1 }, event()]))
    expect(result.events[0]).toEqual({
      index: 0,
      event: { id: 'a', type: 'page', name: 'page_view', time: NOW, visitorId: 'v', passive: false },
    })
    expect(result.events[1]?.index).toBe(1)
  })

  test.each([
    ['null', null],
    ['a list', []],
    ['a text', 'hello'],
    ['no writeKey', { sentAt: NOW, events: [] }],
    ['a numeric writeKey', { writeKey: 1, sentAt: NOW, events: [] }],
    ['no sentAt', { writeKey: 'k', events: [] }],
    ['a textual sentAt', { writeKey: 'k', sentAt: '1', events: [] }],
    ['no events', { writeKey: 'k', sentAt: NOW }],
    ['events that are an object', { writeKey: 'k', sentAt: NOW, events: {} }],
    ['501 events', batch(Array.from({ length: MAX_BATCH_EVENTS + 1 }, () => event()))],
  ])('is refused as a whole: %s', (_, value) => {
    const result = parseBatch(value, receipt)
    expect(result.ok).toBe(false)
    expect(!result.ok && result.problem).toMatch(/^\w.*\.$/)
  })

  test('may hold exactly as many events as the limit says', () => {
    expect(parsed(batch(Array.from({ length: MAX_BATCH_EVENTS }, () => event()))).events).toHaveLength(
      MAX_BATCH_EVENTS,
    )
  })

  test('keeps what it can of a context and never refuses for it', () => {
    const context = {
      userAgent: 'UA',
      screen: { width: 'wide', height: 900 },
      touch: 'yes',
      userAgentData: { brands: [1, { brand: 'B' }] },
    }
    expect(parsed(batch([], { context })).context).toEqual({
      userAgent: 'UA',
      screen: { height: 900 },
      userAgentData: { brands: [{ brand: 'B', version: '' }] },
    })
  })

  test.each([
    [3.7, 3],
    [100_001, 100_000],
    [Number.MAX_SAFE_INTEGER, 100_000],
    [-1, undefined],
    ['many', undefined],
  ])('counts %s events that the sender gave up as %s', (dropped, counted) => {
    expect(parsed(batch([], { context: { dropped } })).context.dropped).toBe(counted)
  })
})

describe('one bad event among good ones is refused alone', () => {
  test.each([
    ['bad_id', { id: undefined }],
    ['bad_id', { id: '' }],
    ['bad_id', { id: 7 }],
    ['bad_id', { id: 'x'.repeat(129) }],
    ['bad_id', { id: 'a\u0000b' }],
    ['bad_id', { id: 'line\r\nbreak' }],
    ['bad_id', { id: 'lone \ud800' }],
    ['bad_type', { type: 'click' }],
    ['bad_type', { type: ['page'] }],
    ['bad_type', { type: '__proto__' }],
    ['bad_name', { name: undefined }],
    ['bad_name', { name: '' }],
    ['bad_name', { name: 'n'.repeat(257) }],
    ['bad_name', { name: { a: 1 } }],
    ['bad_time', { time: undefined }],
    ['bad_time', { time: '2024-05-30' }],
    ['bad_time', { time: -1 }],
    ['bad_time', { time: -62_135_596_800_000 }],
    ['bad_time', { time: 253_402_300_799_000 }],
    ['bad_time', { time: 1e300 }],
    ['bad_time', { time: 946_684_799_999 }],
    ['bad_time', { time: NOW + 2 * 86_400_000 + 1 }],
    ['bad_visitor', { visitorId: undefined }],
    ['bad_visitor', { visitorId: {} }],
    ['bad_visitor', { visitorId: '', userId: '' }],
    ['bad_visitor', { userId: 0 }],
    ['bad_visitor', { userId: 'u\u0007' }],
    ['bad_session', { session: 'abc' }],
    ['bad_session', { session: {} }],
    ['bad_session', { session: { id: 's', number: 0 } }],
    ['bad_session', { session: { id: 's', number: 1.5 } }],
    ['bad_session', { session: { id: 's', startReason: 'because' } }],
    ['bad_session', { session: { id: 's', startedAt: 'now' } }],
    ['bad_field', { page: 'https://shop.example/' }],
    ['bad_field', { page: { url: 1 } }],
    ['bad_field', { campaign: [] }],
    ['bad_field', { passive: 1 }],
    ['bad_field', { seq: -1 }],
    ['bad_field', { tab: 5 }],
    ['bad_field', { tags: 'cta' }],
    ['bad_field', { tags: ['cta', ''] }],
    ['bad_field', { properties: [1] }],
    ['bad_field', { traits: 'pro' }],
    ['too_many_tags', { tags: Array.from({ length: 65 }, (_, i) => `t${i}`) }],
    ['too_large', { properties: { text: 'x'.repeat(MAX_EVENT_BYTES) } }],
    ['too_large', { properties: { text: 'é'.repeat(MAX_EVENT_BYTES / 2) } }],
    ['too_large', { unknown: 'x'.repeat(MAX_EVENT_BYTES) }],
    ['too_deep', { properties: nested(MAX_DEPTH + 1) }],
  ])('%s: %j', (reason, changes) => {
    expect(reasonFor(changes)).toBe(reason)
  })

  test.each([null, 1, 'text', [], [event()], true])('%j is no event', (value) => {
    const { rejected } = parsed(batch([value]))
    expect(rejected).toMatchObject([{ index: 0, reason: 'not_an_object' }])
  })

  test('nesting of 100,000 levels is refused, not a stack overflow', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const text = `{"writeKey":"k","sentAt":${NOW},"events":[${JSON.stringify(event({ id: 'deep' })).slice(0, -1)},"properties":{"a":${deep}}},
      ${JSON.stringify(event({ id: 'odd' })).slice(0, -1)},"unknown":${deep}},${JSON.stringify(event({ id: 'good' }))}]}`
    const result = parseBatch(JSON.parse(text), receipt)
    expect(result).toMatchObject({ ok: true, rejected: [{ reason: 'too_deep' }, { reason: 'too_large' }] })
    expect(result.ok && result.events.map((entry) => entry.event.id)).toEqual(['good'])
  })

  test('a refusal repeats the id where it is usable, and only there', () => {
    const { rejected } = parsed(
      batch([event({ id: 'mine', type: 'x' }), event({ id: '\u001b[31m', type: 'x' })]),
    )
    expect(rejected[0]?.id).toBe('mine')
    expect(rejected[1]).not.toHaveProperty('id')
  })
})

describe('what is kept is safe to store', () => {
  test('null counts as absent', () => {
    expect(
      reasonFor({ userId: null, session: null, page: null, tags: null, properties: null }),
    ).toBeUndefined()
  })

  test('an empty text for the user is no user, and costs no event', () => {
    const [kept] = parsed(batch([event({ userId: '' })])).events
    expect(kept?.event).toMatchObject({ visitorId: 'v1' })
    expect(kept?.event).not.toHaveProperty('userId')
  })

  test('NUL and lone surrogates become U+FFFD in texts and keys; pairs stay', () => {
    const { events } = parsed(
      batch([event({ name: 'a\u0000', properties: { 'k\ud800': ['\udc00', '😀'] }, tags: ['\ud800'] })]),
    )
    expect(events[0]?.event).toMatchObject({
      name: 'a\uFFFD',
      properties: { 'k\uFFFD': ['\uFFFD', '😀'] },
      tags: ['\uFFFD'],
    })
  })

  test('__proto__ and constructor are keys like any other', () => {
    const text = `{"writeKey":"k","sentAt":${NOW},"__proto__":{"events":[]},"events":[{"id":"e","type":"track","name":"constructor",
      "time":${NOW},"visitorId":"__proto__","properties":{"__proto__":{"polluted":1},"constructor":2,"x":"\\ud800"}}]}`
    const result = parseBatch(JSON.parse(text), receipt)
    const properties = result.ok ? result.events[0]?.event.properties : undefined
    expect(Object.keys(properties ?? {})).toEqual(['__proto__', 'constructor', 'x'])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('inherited names are not fields', () => {
    const inherited = Object.create(event()) as object
    expect(parseBatch({ writeKey: 'k', sentAt: NOW, events: [inherited] }, receipt)).toMatchObject({
      rejected: [{ reason: 'bad_id' }],
    })
  })

  test('fractions of a millisecond are dropped and repeated tags joined', () => {
    const { events } = parsed(batch([event({ time: NOW - 0.5, tags: ['a', 'b', 'a'] })]))
    expect(events[0]?.event).toMatchObject({ time: NOW - 1, tags: ['a', 'b'] })
  })

  test('engagement is passive whatever it says', () => {
    expect(parsed(batch([event({ type: 'engagement', passive: false })])).events[0]?.event.passive).toBe(true)
  })
})

propertyTest.prop([fc.json({ maxDepth: 6 })])('any JSON is answered without throwing', (text) => {
  const result = parseBatch(JSON.parse(text), receipt)
  expect(typeof result.ok).toBe('boolean')
})

const anyField = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant('v1'),
  fc.constant(NOW),
  fc.constant('track'),
)
const mutated = fc.record({
  key: fc.constantFrom(...Object.keys(event()), 'session', 'page', 'tags', 'properties', 'seq'),
  value: anyField,
})

propertyTest.prop([fc.array(mutated, { maxLength: 50 })])(
  'every event is kept or refused with a listed reason, once',
  (changes) => {
    const events = changes.map(({ key, value }, i) => ({ ...event({ id: `e${i}` }), [key]: value }))
    const result = parsed(batch(events))
    const seen = [
      ...result.events.map((entry) => entry.index),
      ...result.rejected.map((entry) => entry.index),
    ]
    expect(seen.sort((a, b) => a - b)).toEqual(events.map((_, i) => i))
    expect(result.rejected.every(({ reason }) => REJECT_REASONS.includes(reason))).toBe(true)
  },
)

propertyTest.prop([fc.jsonValue({ maxDepth: 4 })])('what was parsed parses to itself', (value) => {
  const once = parsed(batch([event({ properties: { value } })])).events[0]!.event
  expect(parsed(batch([once])).events[0]!.event).toEqual(once)
})

function nested(levels: number): object {
  return levels === 1 ? {} : { a: nested(levels - 1) }
}
