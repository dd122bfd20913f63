import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { Fact } from '../../ingest/fact.ts'
import { derivedSessionId } from '../../session/derived-id.ts'
import { compareEvents } from '../../session/event-order.ts'
import { distinctFacts, makeFact, NOON, shuffled } from '../../session/facts.fixture.ts'
import { naiveSession } from '../../session/naive-session.fixture.ts'
import { tellEvent } from '../../session/tell-events.ts'
import type { OpenSession } from '../../session/tell-events.ts'
import type { Store } from '../store.ts'
import { allEvents, allSessions } from './read-all.fixture.ts'
import { PROPERTY_TIMEOUT_MS } from './store-place.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

const VISITOR = { kind: 'visitor', id: 'v1' } as const
const MINUTE = 60_000
const seed = fc.array(fc.nat(), { minLength: 1, maxLength: 20 })

/** Events without a stamp are told by the 30-minute rule, whenever they arrive. */
export function unstampedContract(withStore: MakeStorePlace): void {
  test(
    'any arrival of stamped and other events gives the sessions of the events in order',
    async () => {
      await fc.assert(
        fc.asyncProperty(distinctFacts(16), seed, fc.nat(4), async (facts, order, size) => {
          const place = await withStore()
          let store = await place.open()
          const arrived = shuffled(facts, order)
          for (let i = 0; i < arrived.length; i += size + 1) {
            await store.commit(arrived.slice(i, i + size + 1))
            if (i % 3 === 2) {
              await store.close()
              store = await place.open()
            }
          }
          await expectTold(store, facts)
          await place.remove()
        }),
        { numRuns: 60 },
      )
    },
    PROPERTY_TIMEOUT_MS,
  )

  test.each([
    ['in order', [0, 1, 2, 3, 4, 5, 6, 7]],
    ['in reverse', [7, 6, 5, 4, 3, 2, 1, 0]],
    ['the bridge last', [0, 1, 2, 5, 6, 7, 4, 3]],
    ['the stamp last', [0, 1, 3, 4, 5, 6, 7, 2]],
  ])('sessions that arrive %s', async (_, order) => {
    const place = await withStore()
    const store = await place.open()
    const facts = [
      makeFact({ id: 'a', time: NOON }),
      makeFact({ id: 'b', time: NOON + 20 * MINUTE }),
      makeFact({ id: 'c', time: NOON + 30 * MINUTE, session: { id: 'stamped' } }),
      makeFact({ id: 'd', time: NOON + 55 * MINUTE }),
      makeFact({ id: 'e', time: NOON + 80 * MINUTE, passive: true }),
      makeFact({ id: 'f', time: NOON + 100 * MINUTE, passive: true }),
      makeFact({ id: 'g', time: NOON + 110 * MINUTE }),
      makeFact({ id: 'h', time: NOON + 111 * MINUTE }),
    ]
    for (const i of order) await store.commit([facts[i]!])
    expect(await membership(store)).toEqual(
      new Map([
        ['a', derivedSessionId(VISITOR, 'a')],
        ['b', derivedSessionId(VISITOR, 'a')],
        ['c', 'stamped'],
        ['d', 'stamped'],
        ['e', 'stamped'],
        ['f', undefined],
        ['g', derivedSessionId(VISITOR, 'g')],
        ['h', derivedSessionId(VISITOR, 'g')],
      ]),
    )
    await expectTold(store, facts)
    await place.remove()
  })

  test('a late stamp takes the events that follow it, however many', async () => {
    const place = await withStore()
    const store = await place.open()
    const facts = Array.from({ length: 200 }, (_, i) => makeFact({ id: `e${i}`, time: NOON + i * MINUTE }))
    await store.commit(facts)
    const late = [
      makeFact({ id: 's', time: NOON + 20.5 * MINUTE, session: { id: 'stamped' } }),
      makeFact({ id: 't', time: NOON + 100.5 * MINUTE, session: { id: 'stamped later' } }),
    ]
    for (const fact of late) await store.commit([fact])
    await expectTold(store, [...facts, ...late])
    await place.remove()
  })

  test('a small session that takes in a large one keeps its name, for later events of the same commit too', async () => {
    const place = await withStore()
    const store = await place.open()
    const session = { id: 'stamped' }
    const facts = [
      ...Array.from({ length: 9 }, (_, i) => makeFact({ id: `e${i}`, time: NOON + (40 + i) * MINUTE })),
      makeFact({ id: 'first', time: NOON, session }),
      makeFact({ id: 'bridge', time: NOON + 20 * MINUTE, session }),
      makeFact({ id: 'passive', time: NOON + 300 * MINUTE, session, passive: true }),
      makeFact({ id: 'last', time: NOON + 60 * MINUTE, session }),
    ]
    await store.commit(facts)
    await expectTold(store, facts)
    await place.remove()
  })

  test('a history that arrives backwards does not take for ever', async () => {
    const place = await withStore()
    const store = await place.open()
    const facts = Array.from({ length: 3000 }, (_, i) => makeFact({ id: `e${i}`, time: NOON + i * 1000 }))
    for (let end = facts.length; end > 0; end -= 10)
      await store.commit(facts.slice(Math.max(0, end - 10), end).reverse())
    const sessions = await allSessions(store)
    expect(sessions.map(({ id, counts }) => [id, counts.events])).toEqual([
      [derivedSessionId(VISITOR, 'e0'), 3000],
    ])
    await place.remove()
  })

  test('the events of a user without a visitor are a history of their own', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([
      makeFact({ id: 'a', visitorId: 'x', userId: 'u' }),
      makeFact({ id: 'b', userId: 'u' }),
    ])
    expect(await membership(store)).toEqual(
      new Map([
        ['a', derivedSessionId({ kind: 'visitor', id: 'x' }, 'a')],
        ['b', derivedSessionId({ kind: 'user', id: 'u' }, 'b')],
      ]),
    )
    await place.remove()
  })
}

async function membership(store: Store): Promise<ReadonlyMap<string, string | undefined>> {
  return new Map((await allEvents(store)).map(({ fact, sessionId }) => [fact.event.id, sessionId]))
}

/** Compares a store that holds facts of `VISITOR` with the rule applied to all of them in order. */
async function expectTold(store: Store, facts: readonly Fact[]): Promise<void> {
  const told = tellInOrder(facts)
  expect(await membership(store)).toEqual(new Map(told.map(([fact, id]) => [fact.event.id, id])))
  const sessions = await allSessions(store)
  const ids = new Set(told.flatMap(([, id]) => id ?? []))
  expect(new Set(sessions.map(({ id }) => id))).toEqual(ids)
  for (const { id, counts, tags, metadata, profile, entry, exit } of sessions) {
    const naive = naiveSession(told.filter(([, session]) => session === id).map(([fact]) => fact))
    expect({ counts, tags, entry, exit, duration: metadata.time.duration, userId: profile.userId }).toEqual({
      counts: naive.counts,
      tags: naive.tags,
      entry: naive.entry,
      exit: naive.exit,
      duration: naive.duration,
      userId: naive.userId,
    })
    for (const tag of tags)
      expect((await allSessions(store, { tag })).map((session) => session.id)).toContain(id)
  }
}

function tellInOrder(facts: readonly Fact[]): readonly (readonly [Fact, string | undefined])[] {
  const inOrder = [...facts].sort((a, b) =>
    compareEvents({ time: a.time, id: a.event.id }, { time: b.time, id: b.event.id }),
  )
  let open: OpenSession<string> | undefined
  return inOrder.map((fact) => {
    const { event, time } = fact
    const told = tellEvent(open, { time, passive: event.passive, stamped: event.session?.id }, () =>
      derivedSessionId(VISITOR, event.id),
    )
    open = told.open
    return [fact, told.session]
  })
}
