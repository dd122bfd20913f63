import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { Fact } from '../../ingest/fact.ts'
import { distinctFacts, makeFact, NOON, shuffled } from '../../session/facts.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'
import { allEvents, allEventsOf, allSessions } from './read-all.fixture.ts'
import { PROPERTY_TIMEOUT_MS } from './store-place.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

const seed = fc.array(fc.nat(), { minLength: 1, maxLength: 20 })

/** Each fact is stored exactly once, comes back as it was, and sessions don't depend on how facts arrived. */
export function commitsContract(withStore: MakeStorePlace): void {
  test('a repeated event is a duplicate, in the same commit and later', async () => {
    const place = await withStore()
    const store = await place.open()
    const [a, b] = [makeFact({ id: 'a', session: { id: 's' } }), makeFact({ id: 'b', session: { id: 's' } })]
    expect(await store.commit([a, a, b])).toEqual(['stored', 'duplicate', 'stored'])
    expect(await store.commit([b, makeFact({ id: 'c', session: { id: 's' } }), a])).toEqual([
      'duplicate',
      'stored',
      'duplicate',
    ])
    expect(await store.commit([])).toEqual([])
    expect((await store.session('client', 's', NOON))?.counts.events).toBe(3)
    await place.remove()
  })

  test('a repetition counts by its id alone, whoever sends it and whatever it says', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([makeFact({ id: 'a', session: { id: 's' }, name: 'first' })])
    const copies = [
      makeFact({ id: 'a', session: { id: 't' }, name: 'other', visitorId: 'v2' }),
      makeFact({ id: 'a', visitorId: 'v3', time: NOON + 9 }),
    ]
    expect(await store.commit(copies)).toEqual(['duplicate', 'duplicate'])
    expect((await allSessions(store)).map(({ id }) => id)).toEqual(['s'])
    expect((await allEvents(store)).map(({ fact }) => fact.event.name)).toEqual(['first'])
    await place.remove()
  })

  test('ids that differ only in case, or are a UUID in other letters, are different', async () => {
    const place = await withStore()
    const store = await place.open()
    const ids = ['a', 'A', '018fc8a2-7d4b-7c3e-9b1f-2f6f0c1d2e3f', '018FC8A2-7D4B-7C3E-9B1F-2F6F0C1D2E3F']
    const facts = ids.map((id) => makeFact({ id, session: { id: `session ${id}` } }))
    expect(await store.commit(facts)).toEqual(ids.map(() => 'stored'))
    expect(new Set((await allSessions(store)).map(({ id }) => id))).toEqual(
      new Set(ids.map((id) => `session ${id}`)),
    )
    await place.remove()
  })

  test(
    'facts come back as they were',
    async () => {
      await fc.assert(
        fc.asyncProperty(distinctFacts(12), async (facts) => {
          const place = await withStore()
          const store = await place.open()
          await store.commit(facts)
          const found = await allEvents(store)
          expect(byId(found.map(({ fact }) => fact))).toEqual(byId(facts))
          await place.remove()
        }),
        { numRuns: 25 },
      )
    },
    PROPERTY_TIMEOUT_MS,
  )

  test("a sender's own time and offset are kept, however wrong its clock", async () => {
    const place = await withStore()
    const store = await place.open()
    const facts = [-1, 0, 2 ** 60, 1e300].map((sent, i) => {
      const fact = makeFact({ id: `e${i}` }, { time: NOON + i, clockOffsetMs: NOON - sent })
      return { ...fact, event: { ...fact.event, time: sent } }
    })
    await store.commit(facts)
    expect(byId((await allEvents(store)).map(({ fact }) => fact))).toEqual(byId(facts))
    await place.remove()
  })

  test(
    'order, batching, repetition and restarts leave no trace in sessions',
    async () => {
      await fc.assert(
        fc.asyncProperty(distinctFacts(14), seed, fc.nat(5), async (facts, order, size) => {
          const stamped = facts.map((fact) => withSession(fact))
          const inOrder = await sessionsAfter(withStore, [stamped])
          const arrived = shuffled([...stamped, ...stamped.slice(0, 4)], order)
          const batches = Array.from({ length: Math.ceil(arrived.length / (size + 1)) }, (_, i) =>
            arrived.slice(i * (size + 1), (i + 1) * (size + 1)),
          )
          expect(await sessionsAfter(withStore, batches)).toEqual(inOrder)
        }),
        { numRuns: 25 },
      )
    },
    PROPERTY_TIMEOUT_MS,
  )

  test('what was acknowledged is there after a restart', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([makeFact({ id: 'a', session: { id: 's' }, tags: ['x'] })])
    await store.close()
    const again = await place.open()
    expect(await again.commit([makeFact({ id: 'a' }), makeFact({ id: 'b', session: { id: 's' } })])).toEqual([
      'duplicate',
      'stored',
    ])
    expect((await again.session('client', 's', NOON))?.counts.events).toBe(2)
    expect((await allEventsOf(again, 's')).map(({ fact }) => fact.event.id)).toEqual(['a', 'b'])
    expect(await allSessions(again, { tag: 'x' })).toHaveLength(1)
    await place.remove()
  })
}

function byId(facts: readonly Fact[]): ReadonlyMap<string, Fact> {
  return new Map(facts.map((fact) => [fact.event.id, fact]))
}

function withSession(fact: Fact): Fact {
  return { ...fact, event: { ...fact.event, session: fact.event.session ?? { id: 's1' } } }
}

async function sessionsAfter(
  withStore: MakeStorePlace,
  batches: readonly (readonly Fact[])[],
): Promise<SessionObject[]> {
  const place = await withStore()
  for (const [i, batch] of batches.entries()) {
    const store = await place.open()
    await store.commit(batch)
    // Every other batch meets a store that has forgotten what it knew.
    if (i % 2 === 1) await store.close()
  }
  const sessions = await allSessions(await place.open())
  await place.remove()
  return sessions.sort((a, b) => (a.id < b.id ? -1 : 1))
}
