import { fc } from '@fast-check/vitest'
import type { BatchContext, EpochMs, WireEvent } from '@sojourn/protocol'
import type { Fact, FactContext } from '../ingest/fact.ts'

/** 2024-05-30T07:44:23Z, a Thursday. */
export const NOON: EpochMs = 1_717_055_063_000

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

/** A fact with everything at its plainest, and the given changes to its event and to what the collector adds. */
export function makeFact(
  event: Partial<WireEvent> & { readonly id: string },
  added: Partial<Fact> = {},
): Fact {
  const time = added.time ?? event.time ?? NOON
  const whole: WireEvent = { type: 'track', name: 'clicked', time, passive: false, ...event }
  const owned = (whole.visitorId ?? whole.userId) ? whole : { ...whole, visitorId: 'v1' }
  return {
    event: owned,
    sourceId: 'shop',
    receivedAt: time + 50,
    clockOffsetMs: 0,
    context: { sender: {} },
    ...added,
    time,
  }
}

/** Within two hours. Times are equal often, so that ties are met, and gaps of exactly 30 minutes are common. */
const time = fc.integer({ min: 0, max: 24 }).map((step) => NOON + step * 300_000)

/** Few distinct texts, some of which only look alike or are names of what every object inherits. */
export const hostileText = fc.constantFrom(
  'a',
  'b',
  '__proto__',
  'constructor',
  "o'brien",
  '100%',
  'a_b',
  '"',
  '-1',
  ',n1,',
  '\u{1F600}',
  '\uFFFD',
  'é',
  'null',
)

/** UUIDs, and texts whose order by UTF-16 differs from that by code point. */
const eventId = fc.oneof(
  fc.uuid(),
  fc.tuple(hostileText, fc.integer({ min: 0, max: 1e9 })).map(([text, n]) => `${text}${n}`),
  fc.uuid().map((id) => id.toUpperCase()),
)

const sender: fc.Arbitrary<BatchContext> = fc.record(
  {
    userAgent: fc.constantFrom(
      CHROME,
      IPHONE,
      'curl/8.5.0',
      'Googlebot/2.1 (+http://www.google.com/bot.html)',
    ),
    timezone: fc.constantFrom('Europe/Paris', 'Pacific/Auckland', 'Mars/Olympus', '__proto__'),
    locale: fc.constantFrom('en-GB', 'fr'),
    screen: fc.constantFrom({ width: 1920, height: 1080, colorDepth: 24 }, {}),
    app: fc.constantFrom({ name: 'shop', version: '1.4.0' }, {}),
    sdk: fc.constantFrom({ timeoutMs: 1_000 }, { timeoutMs: 7_200_000 }, { timeoutMs: 5 }, {}),
  },
  { requiredKeys: [] },
)

const context: fc.Arbitrary<FactContext> = fc.record(
  {
    sender,
    ip: fc.constantFrom('203.0.113.0', '2001:db8::'),
    geo: fc.constantFrom(
      { country: { code: 'FR', name: 'France' } },
      { country: { code: 'NZ', name: 'New Zealand' } },
    ),
  },
  { requiredKeys: ['sender'] },
)

const json = fc.oneof(
  fc.integer(),
  hostileText,
  fc.constant(null),
  fc.constant({ deep: [1, { __proto__: 1 }] }),
)
const engaged = fc.oneof(
  fc.integer({ min: 0, max: 90_000 }),
  fc.constantFrom(-5, 0.4, 1e12, Number.MAX_VALUE, 'x', null),
)

/** An object whose keys are own ones, also `__proto__`. */
function bag(value: fc.Arbitrary<unknown>): fc.Arbitrary<{ readonly [key: string]: unknown }> {
  return fc
    .uniqueArray(fc.tuple(hostileText, value), { maxLength: 3, selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries))
}

const event = fc.record(
  {
    id: eventId,
    type: fc.constantFrom('page', 'track', 'identify', 'engagement'),
    name: fc.oneof(fc.constantFrom('page_view', 'clicked', 'bought'), hostileText),
    passive: fc.boolean(),
    userId: fc.constantFrom('u-1', 'u-2', 'null'),
    session: fc.record(
      {
        id: fc.constantFrom('s1', 'order-4711'),
        number: fc.integer({ min: 1, max: 3 }),
        previousId: fc.constant('s0'),
        startReason: fc.constantFrom('first', 'timeout', 'manual'),
      },
      { requiredKeys: ['id'] },
    ),
    page: fc.record(
      {
        url: fc.constantFrom('https://shop.example/cart?x=1', 'not a url'),
        path: fc.oneof(fc.constantFrom('/', '/cart'), hostileText),
        referrer: fc.constantFrom(
          'https://shop.example/',
          'https://www.shop.example/a',
          'https://news.example/a',
          'javascript:alert(1)',
          'android-app://com.example',
          'x',
        ),
      },
      { requiredKeys: [] },
    ),
    campaign: fc.record({ source: hostileText, name: hostileText }, { requiredKeys: [] }),
    tags: fc.uniqueArray(hostileText, { maxLength: 4 }),
    properties: fc.oneof(
      bag(json),
      engaged.map((engagedMs) => ({ engagedMs })),
    ),
    traits: bag(json),
  },
  { requiredKeys: ['id', 'type', 'name', 'passive'] },
)

/** A fact of one visitor, of any kind, with many fields absent and times that often tie. */
export const anyFact: fc.Arbitrary<Fact> = fc
  .record({
    event,
    time,
    delay: fc.integer({ min: 0, max: 5_000 }),
    sourceId: fc.constantFrom('shop', 'blog', 'docs'),
    context,
  })
  .map(({ event, time, delay, sourceId, context }) => ({
    event: {
      ...event,
      time,
      visitorId: 'v1',
      passive: event.passive || event.type === 'engagement',
    } as WireEvent,
    time,
    sourceId,
    receivedAt: time + delay,
    clockOffsetMs: 0,
    context,
  }))

/** Facts with distinct event ids, in the order of their making. */
export function distinctFacts(most: number): fc.Arbitrary<Fact[]> {
  return fc.uniqueArray(anyFact, { minLength: 1, maxLength: most, selector: (fact) => fact.event.id })
}

/** Deals a list into two orders. */
export function shuffled<Item>(items: readonly Item[], seed: readonly number[]): Item[] {
  const copy = [...items]
  for (let i = copy.length - 1; i > 0; i--) {
    const j = (seed[i % seed.length] ?? 0) % (i + 1)
    const [a, b] = [copy[i]!, copy[j]!]
    copy[i] = b
    copy[j] = a
  }
  return copy
}
