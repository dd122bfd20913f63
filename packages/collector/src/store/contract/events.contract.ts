import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { Fact } from '../../ingest/fact.ts'
import { compareEvents } from '../../session/event-order.ts'
import { distinctFacts, hostileText, makeFact, NOON } from '../../session/facts.fixture.ts'
import type { EventsQuery } from '../queries.ts'
import { allEvents, allEventsOf, allSessions } from './read-all.fixture.ts'
import { PROPERTY_TIMEOUT_MS } from './store-place.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

type Filters = Partial<Omit<EventsQuery, 'limit' | 'cursor'>>

const someTime = fc.integer({ min: -1, max: 25 }).map((step) => NOON + step * 300_000)
const filters: fc.Arbitrary<Filters> = fc.oneof(
  fc.constant({}),
  fc.record({ source: fc.constantFrom('shop', 'Shop', 'docs', 'nowhere') }),
  fc.record({ visitor: fc.constantFrom('v1', 'v2', 'v9', 'u-1') }),
  fc.record({ user: fc.constantFrom('u-1', 'u-2', 'v1') }),
  fc.record({ type: fc.constantFrom('page', 'track', 'identify', 'engagement', 'toString', '') }),
  fc.record({ name: fc.oneof(fc.constantFrom('page_view', 'clicked', 'never'), hostileText) }),
  fc.record({ tag: hostileText }),
  fc.record({ path: fc.oneof(fc.constantFrom('/', '/cart'), hostileText) }),
  fc.record({ from: someTime }),
  fc.record({ to: someTime }),
)

/** Events as they are listed, against looking at all of them. */
export function eventsContract(withStore: MakeStorePlace): void {
  test(
    'a query finds the events that match, newest first',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          distinctFacts(20),
          fc.array(fc.tuple(filters, filters), { minLength: 8, maxLength: 8 }),
          async (drawn, queries) => {
            const place = await withStore()
            const store = await place.open()
            await store.addSource({ id: 'shop', name: 'Shop', type: 'product', origins: [], writeKey: 'pk' })
            const facts = drawn.map((fact, i): Fact => ({
              ...fact,
              event: { ...fact.event, visitorId: `v${(i % 3) + 1}` },
            }))
            await store.commit(facts)
            for (const [one, other] of queries) {
              const query = { ...one, ...other }
              const found = (await allEvents(store, query)).map(({ fact }) => fact.event.id)
              expect(found, JSON.stringify(query)).toEqual(
                newestFirst(facts.filter((fact) => matches(fact, query))),
              )
            }
            await place.remove()
          },
        ),
        { numRuns: 40 },
      )
    },
    PROPERTY_TIMEOUT_MS,
  )

  test(
    "a session's events are listed oldest first, whole",
    async () => {
      await fc.assert(
        fc.asyncProperty(distinctFacts(20), async (drawn) => {
          const place = await withStore()
          const store = await place.open()
          const facts = drawn.map((fact): Fact => ({
            ...fact,
            event: { ...fact.event, session: { id: 's' } },
          }))
          await store.commit(facts)
          const found = await allEventsOf(store, 's')
          expect(found.map(({ fact }) => fact.event.id)).toEqual(newestFirst(facts).reverse())
          expect(found.every(({ sessionId }) => sessionId === 's')).toBe(true)
          await place.remove()
        }),
        { numRuns: 30 },
      )
    },
    PROPERTY_TIMEOUT_MS,
  )

  test('a session that goes from source to source lists its segments', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.addSource({ id: 'blog', name: 'Blog', type: 'marketing', origins: [], writeKey: 'pk' })
    const session = { id: 's' }
    await store.commit([
      makeFact({ id: 'c', time: NOON + 90_000, session }, { sourceId: 'shop' }),
      makeFact({ id: 'b', time: NOON + 61_500, session }, { sourceId: 'blog' }),
      makeFact({ id: 'p', time: NOON + 62_000, session, passive: true }, { sourceId: 'shop' }),
      makeFact({ id: 'a', time: NOON, session }, { sourceId: 'blog' }),
    ])
    const [found] = await allSessions(store)
    expect(found?.source).toEqual({ id: 'blog', name: 'Blog', type: 'marketing' })
    expect(found?.segments).toEqual([
      { source: 'Blog', type: 'marketing', start: '2024-05-30T07:44:23.000Z', duration: 61, events: 2 },
      { source: 'shop', type: 'unknown', start: '2024-05-30T07:45:53.000Z', duration: 0, events: 1 },
    ])
    await place.remove()
  })
}

function newestFirst(facts: readonly Fact[]): string[] {
  const refs = facts.map(({ time, event }) => ({ time, id: event.id }))
  return refs.sort((a, b) => compareEvents(b, a)).map(({ id }) => id)
}

function matches({ event, time, sourceId }: Fact, query: Filters): boolean {
  return (
    (query.source === undefined ||
      query.source === sourceId ||
      (query.source === 'Shop' && sourceId === 'shop')) &&
    (query.visitor === undefined || query.visitor === event.visitorId) &&
    (query.user === undefined || query.user === event.userId) &&
    (query.type === undefined || query.type === event.type) &&
    (query.name === undefined || query.name === event.name) &&
    (query.tag === undefined || (event.tags ?? []).includes(query.tag)) &&
    (query.path === undefined || query.path === event.page?.path) &&
    (query.from === undefined || time >= query.from) &&
    (query.to === undefined || time < query.to)
  )
}
