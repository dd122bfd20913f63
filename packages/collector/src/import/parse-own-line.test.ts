import { describe, expect, test } from 'vitest'
import { CHROME, NOW, eventOf, read } from './parse-lines.fixture.ts'

describe('our own events', () => {
  const stored = {
    id: '018fc8a2-7d4b-7c3e-9b1f-2f6f0c1d2e3f',
    type: 'track',
    name: 'checkout_started',
    time: 1_717_055_063_100,
    visitorId: 'v1',
    userId: 'u-42',
    session: { id: 'order-4711', number: 3, startedAt: 1_717_055_000_000, startReason: 'timeout' },
    page: {
      url: 'https://shop.example/cart?x=1',
      path: '/cart',
      title: 'Cart',
      referrer: 'https://shop.example/',
    },
    campaign: { source: 'news', name: 'june' },
    tab: 'k3f9a1',
    seq: 17,
    tags: ['checkout', 'cta'],
    passive: false,
    properties: { value: 12.5, constructor: 'x' },
    traits: { plan: 'pro' },
  }
  const added = {
    sessionId: 'order-4711',
    correctedTime: 1_717_055_063_100,
    receivedAt: 1_717_055_064_001,
    clockOffsetMs: 0,
    source: { id: 's9', name: 'Shop', type: 'product' },
    context: {
      userAgent: CHROME,
      ip: '203.0.113.0',
      geo: { country: { code: 'FR', name: 'France' }, latitude: 48.8 },
    },
  }

  test('come back as the facts they were', () => {
    expect(eventOf(read('sojourn', { ...stored, ...added }))).toEqual({
      event: stored,
      time: added.correctedTime,
      receivedAt: added.receivedAt,
      clockOffsetMs: 0,
      sender: { userAgent: CHROME },
      address: '203.0.113.0',
      geo: added.context.geo,
      source: added.source,
      isBot: false,
    })
  })

  test('keep the time of a clock that was decades off, and the correction', () => {
    const off = { ...stored, ...added, time: 5_000, clockOffsetMs: 1_717_055_058_100 }
    expect(eventOf(read('sojourn', off))).toMatchObject({
      event: { time: 5_000 },
      time: added.correctedTime,
      clockOffsetMs: 1_717_055_058_100,
    })
  })

  test('may be as they travel on the wire', () => {
    const { passive: _, ...wire } = stored
    expect(eventOf(read('sojourn', wire))).toMatchObject({
      event: stored,
      time: stored.time,
      clockOffsetMs: 0,
    })
  })

  test.each([
    [{ ...stored, time: undefined }, 'bad_time'],
    [{ ...stored, time: '2024-05-30' }, 'bad_time'],
    [{ ...stored, time: NOW + 3 * 86_400_000 }, 'bad_time'],
    [{ ...stored, time: 5 }, 'bad_time'],
    [{ ...stored, correctedTime: 1e300 }, 'bad_time'],
    [{ ...stored, id: '' }, 'bad_id'],
    [{ ...stored, type: 'click' }, 'bad_type'],
    [{ ...stored, visitorId: undefined, userId: undefined }, 'bad_visitor'],
    [[stored], 'not_an_object'],
    ['{"id": "half', 'not_json'],
    ['null', 'not_an_object'],
  ])('refuse what ingest refuses (%#)', (line, reason) => {
    expect(read('sojourn', line)).toMatchObject({ outcome: 'bad', reason })
  })
})
