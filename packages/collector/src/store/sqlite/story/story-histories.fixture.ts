import { fc } from '@fast-check/vitest'
import type { WireEvent } from '@sojourn/protocol'
import type { Definition } from '../../../definition/definition.ts'
import type { Fact, FactContext } from '../../../ingest/fact.ts'
import { NOON } from '../../../session/facts.fixture.ts'

/** Sources of the facts: `shop` and `app` are products, `blog` is marketing. */
export const SOURCES = [
  { id: 'shop', name: 'Shop', type: 'product', origins: [], writeKey: 'pk_shop' },
  { id: 'app', name: 'App', type: 'product', origins: [], writeKey: 'pk_app' },
  { id: 'blog', name: 'Blog', type: 'marketing', origins: [], writeKey: 'pk_blog' },
] as const

/** Multiples of five minutes, so that ties and gaps of exactly a timeout are common. */
const time = fc.integer({ min: 0, max: 30 }).map((step) => NOON + step * 300_000)
const id = fc.oneof(
  fc.uuid(),
  fc.integer({ min: 0, max: 1e9 }).map((n) => `e${n}`),
)
const event = fc.record(
  {
    id,
    type: fc.constantFrom('page', 'track', 'identify'),
    name: fc.constantFrom('page_view', 'login', 'logout', 'beat'),
    passive: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
    visitorId: fc.constantFrom('v1', 'v1', 'v2', 'v3'),
    userId: fc.constantFrom('u1', 'u2', 'null'),
    session: fc.record({ id: fc.constantFrom('s1', 's2') }),
    campaign: fc.constantFrom({ source: 'news' }, { source: 'ads', medium: 'cpc' }),
    page: fc.constantFrom(
      { path: '/', referrer: 'https://news.example/a', url: 'https://shop.example/' },
      { path: '/cart' },
    ),
    tags: fc.constantFrom(['a'], ['a', 'b']),
    properties: fc.record({ order: fc.constantFrom(1, 'one') }),
    traits: fc.record({ plan: fc.constantFrom('pro', 'free') }),
  },
  { requiredKeys: ['id', 'type', 'name', 'passive'] },
)

/** Some tell nothing of a device or a place, some half of it. */
const context = fc.constantFrom<FactContext>(
  { sender: {} },
  { sender: {} },
  { sender: { touch: true } },
  { sender: { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0' } },
  { sender: {}, geo: { city: 'Lyon' } },
  { sender: {}, geo: { country: { code: 'FR', name: 'France' } } },
)

/** Facts of a few visitors and users with distinct ids, in the order of their making. */
export const manyFacts: fc.Arbitrary<Fact[]> = fc.uniqueArray(
  fc
    .record({
      event,
      time,
      sourceId: fc.constantFrom('shop', 'shop', 'app', 'blog'),
      delay: fc.nat(5_000),
      context,
    })
    .map(({ event, time, sourceId, delay, context }): Fact => {
      const owned = (event.visitorId ?? event.userId) ? event : { ...event, visitorId: 'v1' }
      return {
        event: { ...owned, time } as WireEvent,
        time,
        sourceId,
        receivedAt: time + delay,
        clockOffsetMs: 0,
        context,
      }
    }),
  { minLength: 1, maxLength: 40, selector: (fact) => fact.event.id },
)

const names = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  fc.subarray(['login', 'logout', 'page_view'], { maxLength: 2 }),
)
const rarely = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 3 })

/** Definitions of any mixture of rules. */
export const anyDefinition: fc.Arbitrary<Definition> = fc
  .record({
    scope: fc.constantFrom('visitor' as const, 'profile' as const),
    by: fc.constantFrom('gap' as const, 'gap' as const, 'gap' as const, 'client' as const),
    timeoutMs: fc.constantFrom(300_000, 1_800_000, 86_400_000),
    maxLengthMs: rarely(fc.constantFrom(1_800_000, 3_600_000)),
    maxEvents: rarely(fc.integer({ min: 1, max: 3 })),
    dayBoundary: rarely(fc.constantFrom('Europe/Paris', 'Pacific/Auckland')),
    splitOn: fc.oneof(
      fc.constant([]),
      fc.subarray(['campaign' as const, 'referrer' as const, 'user' as const]),
    ),
    startEvents: names,
    endEvents: names,
    passiveEvents: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.constant(['beat'])),
    property: rarely(fc.constant('properties.order')),
    sourceTypes: rarely(fc.constantFrom(['product'], ['marketing'])),
  })
  .map((fields) => ({ ...fields, scope: fields.by === 'client' ? ('visitor' as const) : fields.scope }))
  .map(({ maxLengthMs, maxEvents, dayBoundary, property, sourceTypes, ...rest }) => ({
    name: 'any',
    ...rest,
    ...(maxLengthMs === undefined ? {} : { maxLengthMs }),
    ...(maxEvents === undefined ? {} : { maxEvents }),
    ...(dayBoundary === undefined ? {} : { dayBoundary }),
    ...(property === undefined ? {} : { property }),
    ...(sourceTypes === undefined ? {} : { sourceTypes }),
  }))
