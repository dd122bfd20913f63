import { expect, test } from 'vitest'
import { foreignSessionId } from '../../session/derived-id.ts'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import { allSessions } from './read-all.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

/** Knowing a session's id is no key to it. */
export function ownershipContract(withStore: MakeStorePlace): void {
  test('a session belongs to the visitor that was first stored with it', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([
      makeFact({
        id: 'a',
        visitorId: 'owner',
        session: { id: 'order-4711', number: 2 },
        traits: { plan: 'pro' },
      }),
    ])
    const before = await store.session('client', 'order-4711', NOON)
    const intruder = {
      visitorId: 'intruder',
      userId: 'u-9',
      session: { id: 'order-4711', number: 7 },
      traits: { plan: 'x' },
    }
    // Earlier than the owner's event: arrival decides, which nobody can forge afterwards.
    await store.commit([
      makeFact({ id: 'b', time: NOON - 1000, ...intruder }),
      makeFact({ id: 'c', ...intruder }),
    ])
    expect(await store.session('client', 'order-4711', NOON)).toEqual(before)
    const id = foreignSessionId('order-4711', { kind: 'visitor', id: 'intruder' })
    const own = await store.session('client', id, NOON)
    expect(own).toMatchObject({ visitor: { id: 'intruder' }, number: 7, counts: { events: 2 } })
    expect(await allSessions(store)).toHaveLength(2)
    await place.remove()
  })

  test('taking the id that an intrusion would get is no way in either', async () => {
    const place = await withStore()
    const store = await place.open()
    const taken = foreignSessionId('s', { kind: 'visitor', id: 'b' })
    await store.commit([
      makeFact({ id: '1', visitorId: 'a', session: { id: 's' } }),
      makeFact({ id: '2', visitorId: 'c', session: { id: taken } }),
      makeFact({ id: '3', visitorId: 'b', session: { id: 's' } }),
      makeFact({ id: '4', visitorId: 'b', session: { id: 's' } }),
    ])
    const sessions = await allSessions(store)
    expect(sessions.map(({ visitor, counts }) => [visitor?.id, counts.events]).sort()).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 1],
    ])
    await place.remove()
  })

  test('a user without a visitor never mixes with a visitor of the same id', async () => {
    const place = await withStore()
    const store = await place.open()
    const { visitorId: _none, ...user } = makeFact({ id: '1', userId: 'x', session: { id: 's' } }).event
    const ofUser = makeFact({ id: '1', userId: 'x', session: { id: 's' } })
    await store.commit([{ ...ofUser, event: user }])
    await store.commit([makeFact({ id: '2', visitorId: 'x', session: { id: 's' } })])
    await store.commit([makeFact({ id: '3', visitorId: 'user:x', session: { id: 's' } })])
    const sessions = await allSessions(store)
    expect(sessions).toHaveLength(3)
    expect(new Set(sessions.map(({ profile }) => profile.id)).size).toBe(3)
    expect(sessions.find(({ id }) => id === 's')).toMatchObject({
      profile: { userId: 'x' },
      counts: { events: 1 },
    })
    expect(sessions.find(({ id }) => id === 's')?.visitor).toBeUndefined()
    await place.remove()
  })

  test('a session that the collector derived cannot be joined by naming it', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([makeFact({ id: '1' })])
    const [derived] = await allSessions(store)
    await store.commit([
      makeFact({ id: '2', session: { id: derived!.id } }),
      makeFact({ id: '3', visitorId: 'v2', session: { id: derived!.id } }),
    ])
    expect((await store.session('client', derived!.id, NOON))?.counts.events).toBe(1)
    expect(await allSessions(store)).toHaveLength(3)
    await place.remove()
  })
}
