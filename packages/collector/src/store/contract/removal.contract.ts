import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { Fact } from '../../ingest/fact.ts'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import { profileId } from '../../session/derived-id.ts'
import type { Store } from '../store.ts'
import { allEvents, allSessions } from './read-all.fixture.ts'
import type { MakeStorePlace, StorePlace } from './store-place.fixture.ts'

const MINUTE = 60_000
/** Each run tells all definitions of two stores. */
const LONG_MS = 60_000
const DAY = 86_400_000
const DEFINITIONS = ['client', 'visits', 'cross-property'] as const
const ALL_DAYS = { scope: 'profile', days: {} } as const

/** What happened: by whom, when, with a stamp or without. */
const happening = fc.record({
  visitor: fc.constantFrom('v1', 'v2', 'v3'),
  user: fc.constantFrom(undefined, undefined, 'ann', 'bob'),
  stamp: fc.constantFrom(undefined, 'a', 'b'),
  passive: fc.constantFrom(false, false, true),
  minute: fc.integer({ min: 0, max: 300 }),
  address: fc.constantFrom('203.0.113.1', '203.0.113.2'),
})
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never

function toFact({ visitor, user, stamp, passive, minute, address }: Happening, i: number): Fact {
  return makeFact(
    {
      id: `e${i}`,
      visitorId: visitor,
      time: NOON + minute * MINUTE,
      passive,
      ...(user !== undefined && { userId: user, traits: { of: user } }),
      ...(stamp !== undefined && { session: { id: `${visitor} ${stamp}` } }),
    },
    { context: { sender: {}, ip: address } },
  )
}

/** All that a store says of sessions, persons and gaps, under several definitions; what begins at one time in one order. */
async function tellAll(store: Store): Promise<unknown> {
  const told: unknown[] = [await allEvents(store)]
  for (const definition of DEFINITIONS) told.push(byId(await allSessions(store, { definition, now: NOON })))
  told.push(byId((await store.profiles({ limit: 100 })).rows), await store.gapCells(ALL_DAYS))
  return told
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
}

async function closeAll(...places: readonly StorePlace[]): Promise<void> {
  for (const place of places) await place.remove()
}

/** Erasing persons, and forgetting what is old. */
export function removalContract(withStore: MakeStorePlace): void {
  test(
    'a store answers after an erasure as one that never had the events',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(happening, { minLength: 1, maxLength: 25 }),
          fc.constantFrom('ann', 'v1', 'v2'),
          async (happenings, person) => {
            const [place, other] = [await withStore(), await withStore()]
            const [store, never] = [await place.open(), await other.open()]
            const facts = happenings.map(toFact)
            await store.commit(facts)
            const id = person === 'ann' ? 'ann' : profileId({ kind: 'visitor', id: person })
            const profile = await store.profile(id)
            const erased = await store.eraseProfile(id)
            const left = await allEvents(store)
            const ids = new Set(left.map(({ fact }) => fact.event.id))
            await never.commit(facts.filter(({ event }) => ids.has(event.id)))
            expect(await tellAll(store)).toEqual(await tellAll(never))
            if (profile) expect(erased).toMatchObject({ events: facts.length - left.length })
            if (erased) expect(erased.events).toBeGreaterThan(0)
            expect(await store.profile(id)).toBeUndefined()
            if (person === 'ann') expect(left.filter(({ fact }) => fact.event.userId === 'ann')).toEqual([])
            expect(await store.eraseProfile(id)).toBeUndefined()
            await closeAll(place, other)
          },
        ),
        { numRuns: 8 },
      )
    },
    LONG_MS,
  )

  test('an erasure takes the earlier anonymous events of all devices with it, and nobody else', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([
      makeFact({ id: 'a', visitorId: 'phone', session: { id: 's' } }),
      makeFact({ id: 'b', visitorId: 'phone', userId: 'ann', session: { id: 's' } }),
      makeFact({ id: 'c', visitorId: 'laptop', userId: 'ann', session: { id: 't' }, time: NOON + DAY }),
      makeFact({ id: 'd', visitorId: 'laptop', userId: 'bob', session: { id: 't' }, time: NOON + DAY + 1 }),
    ])
    expect(await store.eraseProfile(profileId({ kind: 'user', id: 'ann' }))).toEqual({
      events: 3,
      sessions: 1,
      visitors: 2,
    })
    expect((await allEvents(store)).map(({ fact }) => fact.event.id)).toEqual(['d'])
    expect(await store.session('client', 's', NOON)).toBeUndefined()
    expect(await store.session('client', 't', NOON)).toMatchObject({
      counts: { events: 1 },
      profile: { userId: 'bob' },
    })
    expect(await store.eraseProfile('nobody')).toBeUndefined()
    await place.remove()
  })

  test('what is stored where erased events stood is told as itself', async () => {
    const place = await withStore()
    const store = await place.open()
    const atOnce = { visitorId: 'phone', time: NOON }
    await store.commit([
      makeFact({ ...atOnce, id: 'a', userId: 'ann' }, { context: { sender: {}, ip: '203.0.113.1' } }),
      makeFact({ ...atOnce, id: 'b', userId: 'bob' }, { context: { sender: {}, ip: '203.0.113.2' } }),
    ])
    await tellAll(store)
    await store.eraseProfile('ann')
    await store.commit([
      makeFact({ ...atOnce, id: 'c', userId: 'bob' }, { context: { sender: {}, ip: '203.0.113.3' } }),
    ])
    expect((await allEvents(store)).map(({ fact }) => [fact.event.userId, fact.context.ip]).sort()).toEqual([
      ['bob', '203.0.113.2'],
      ['bob', '203.0.113.3'],
    ])
    for (const definition of DEFINITIONS)
      for (const session of await allSessions(store, { definition, now: NOON }))
        expect(session).toMatchObject({ profile: { userId: 'bob' }, counts: { events: 2 } })
    await place.remove()
  })

  test('what was erased stays away when it is sent again, also after a restart; what is new of that person is stored', async () => {
    const place = await withStore()
    const before = await place.open()
    const old = makeFact({ id: 'a', visitorId: 'phone', userId: 'ann', session: { id: 's' } })
    await before.commit([old])
    await before.eraseProfile('ann')
    expect(await before.commit([old, { ...old, time: old.time + 1_000 }])).toEqual(['duplicate', 'duplicate'])
    await before.close()
    const store = await place.open()
    const later = makeFact({ id: 'b', visitorId: 'phone', userId: 'ann', session: { id: 's' } })
    expect(await store.commit([old, later])).toEqual(['duplicate', 'stored'])
    expect(await store.profile('ann')).toMatchObject({ events: 1 })
    await place.remove()
  })

  test(
    'what is older than a time is forgotten, and a store answers as one that never had it',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(happening, { minLength: 1, maxLength: 25 }),
          fc.integer({ min: 0, max: 360 }),
          async (happenings, minute) => {
            const [place, other] = [await withStore(), await withStore()]
            const [store, never] = [await place.open(), await other.open()]
            const facts = happenings.map(toFact)
            const before = NOON + minute * MINUTE
            await store.commit(facts)
            await tellAll(store)
            const gone = await store.forgetBefore(before)
            const left = await allEvents(store)
            const ids = new Set(left.map(({ fact }) => fact.event.id))
            for (const { event, time } of facts) if (time >= before) expect(ids).toContain(event.id)
            await never.commit(facts.filter(({ event }) => ids.has(event.id)))
            await storiesAreTold(store)
            expect(await tellAll(store)).toEqual(await tellAll(never))
            expect(gone.events).toBe(facts.length - left.length)
            expect(await store.forgetBefore(before)).toEqual({ events: 0, sessions: 0 })
            await closeAll(place, other)
          },
        ),
        { numRuns: 8 },
      )
    },
    LONG_MS,
  )

  test('a session that lasts beyond the limit stays whole, until its last event is too old', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([
      makeFact({ id: 'a', session: { id: 's' }, time: NOON }),
      makeFact({ id: 'b', session: { id: 's' }, time: NOON + 10 * MINUTE }),
      makeFact({ id: 'c', session: { id: 's' }, time: NOON + 90 * MINUTE, passive: true }),
      makeFact({ id: 'd', visitorId: 'v2', session: { id: 't' }, time: NOON }),
    ])
    expect(await store.forgetBefore(NOON + 60 * MINUTE)).toEqual({ events: 1, sessions: 1 })
    expect((await store.session('client', 's', NOON))?.counts).toMatchObject({ events: 2, passive: 1 })
    expect(await store.forgetBefore(NOON + 90 * MINUTE)).toEqual({ events: 0, sessions: 0 })
    expect(await store.forgetBefore(NOON + 91 * MINUTE)).toEqual({ events: 3, sessions: 1 })
    expect(await allEvents(store)).toEqual([])
    await place.remove()
  })
}

/** Resolves when no definition is told anew any more. */
async function storiesAreTold(store: Store): Promise<void> {
  for (let turns = 0; turns < 2_000; turns++) {
    if ((await store.definitions()).every(({ status }) => status !== 'building')) return
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new Error('Definitions are still told.')
}
