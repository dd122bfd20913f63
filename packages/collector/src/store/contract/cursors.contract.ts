import { expect, test } from 'vitest'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import { BadCursor } from '../store.ts'
import { SESSION_SORTS } from '../queries.ts'
import type { SessionsQuery } from '../queries.ts'
import type { Store } from '../store.ts'
import { allEvents } from './read-all.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

const FIRST: SessionsQuery = { definition: 'client', now: NOON, sort: 'start', descending: true, limit: 4 }

const GARBAGE = [
  '',
  'x',
  '%',
  'bnVsbA',
  'W10',
  'eyJhIjoxfQ',
  '__proto__',
  'W251bGwsMSwyXQ',
  '\u{1F600}',
  'A'.repeat(5000),
]

/** Pages neither repeat nor leave out, whatever is stored in between; a cursor fits the list that it was made for. */
export function cursorsContract(withStore: MakeStorePlace): void {
  test.each([true, false])('new sessions move no page (descending: %s)', async (descending) => {
    const place = await withStore()
    const store = await place.open()
    await addSessions(store, 'old', 20, NOON)
    const query = { ...FIRST, descending }
    const seen: string[] = []
    let cursor: string | undefined
    let round = 0
    do {
      const page = await store.sessions(cursor === undefined ? query : { ...query, cursor })
      seen.push(...page.rows.map(({ id }) => id).filter((id) => id.startsWith('old')))
      // Before and behind the place, and at the same time as others.
      await addSessions(store, `new ${round++}`, 3, NOON + (round % 3) * 5000)
      cursor = page.next ?? undefined
    } while (cursor !== undefined && round < 40)
    expect(seen).toHaveLength(20)
    expect(new Set(seen).size).toBe(20)
    await place.remove()
  })

  test('sessions that are equal in what they are sorted by come once each', async () => {
    const place = await withStore()
    const store = await place.open()
    const facts = Array.from({ length: 23 }, (_, i) => makeFact({ id: `e${i}`, session: { id: `s${i}` } }))
    await store.commit(facts)
    for (const sort of ['start', 'duration', 'events', 'points'] as const)
      for (const descending of [true, false]) {
        const ids: string[] = []
        let cursor: string | undefined
        do {
          const query = { ...FIRST, sort, descending }
          const page = await store.sessions(cursor === undefined ? query : { ...query, cursor })
          ids.push(...page.rows.map(({ id }) => id))
          cursor = page.next ?? undefined
        } while (cursor !== undefined && ids.length < 100)
        expect(ids.length).toBe(23)
        expect(new Set(ids).size).toBe(23)
      }
    await place.remove()
  })

  test('the last page is known as the last, also when it is full', async () => {
    const place = await withStore()
    const store = await place.open()
    await addSessions(store, 's', 4, NOON)
    expect((await store.sessions(FIRST)).next).toBeNull()
    expect((await store.sessions({ ...FIRST, limit: 3 })).next).not.toBeNull()
    expect((await store.events({ limit: 4 })).next).toBeNull()
    expect((await store.sessionEvents('client', 's 0', { limit: 1 }))?.next).toBeNull()
    await place.remove()
  })

  test('what is skipped is what the pages before hold, and cursors lead on from there', async () => {
    const place = await withStore()
    const store = await place.open()
    // Those of the last half hour still go on, wherever lists are kept apart by that.
    const facts = Array.from({ length: 20 }, (_, i) =>
      Array.from({ length: 1 + (i % 4) }, (_, at) =>
        makeFact({
          id: `e${i} ${at}`,
          time: NOON + ((i * 7) % 20) * 300_000 + at * 1000 * (i % 3),
          session: { id: `s${i}` },
          ...(i % 2 ? { page: { url: 'https://a.example/', path: '/' } } : {}),
        }),
      ),
    ).flat()
    await store.commit(facts)
    for (const sort of SESSION_SORTS)
      for (const descending of [true, false])
        for (const filter of [
          {},
          { from: NOON + 600_000 },
          { minEvents: 2 },
          { path: '/' },
          { entryPath: '/' },
        ]) {
          const query = { ...FIRST, sort, descending, ...filter }
          const all = (await store.sessions({ ...query, limit: 100 })).rows.map(({ id }) => id)
          expect(all.length).toBeGreaterThan(6)
          for (const skip of [0, 1, 3, 7, all.length - 1, all.length, 50]) {
            const words = JSON.stringify({ sort, descending, ...filter, skip })
            const page = await store.sessions({ ...query, skip })
            const ids = page.rows.map(({ id }) => id)
            expect(ids, words).toEqual(all.slice(skip, skip + 4))
            expect(page.next !== null, words).toBe(skip + 4 < all.length)
            if (page.next === null) continue
            const further = await store.sessions({ ...query, cursor: page.next, skip: 2 })
            expect(
              further.rows.map(({ id }) => id),
              words,
            ).toEqual(all.slice(skip + 6, skip + 10))
          }
        }
    await place.remove()
  })

  test('new events move no page', async () => {
    const place = await withStore()
    const store = await place.open()
    await addSessions(store, 'old', 10, NOON)
    const first = await store.events({ limit: 5 })
    await addSessions(store, 'new', 10, NOON + 60_000)
    const rest = await store.events({ limit: 500, cursor: first.next! })
    const ids = [...first.rows, ...rest.rows].map(({ fact }) => fact.event.id)
    expect(ids).toEqual([...new Set(ids)])
    expect(ids.filter((id) => id.includes('old'))).toHaveLength(10)
    expect(await allEvents(store)).toHaveLength(20)
    await place.remove()
  })

  test('what is no cursor, or one of another list, is refused', async () => {
    const place = await withStore()
    const store = await place.open()
    await addSessions(store, 's', 9, NOON)
    const { next: ofSessions } = await store.sessions(FIRST)
    const { next: ofEvents } = await store.events({ limit: 1 })
    for (const cursor of [...GARBAGE, ofEvents!, `${ofSessions}A`, `${ofSessions}=`, ` ${ofSessions}`])
      await expect(store.sessions({ ...FIRST, cursor }), cursor).rejects.toThrow(BadCursor)
    for (const other of [{ descending: false }, { sort: 'events' }] as const)
      await expect(store.sessions({ ...FIRST, ...other, cursor: ofSessions! })).rejects.toThrow(BadCursor)
    for (const cursor of [...GARBAGE, ofSessions!]) {
      await expect(store.events({ limit: 1, cursor })).rejects.toThrow(BadCursor)
      await expect(store.sessionEvents('client', 's 0', { limit: 1, cursor })).rejects.toThrow(BadCursor)
    }
    await place.remove()
  })
}

async function addSessions(store: Store, name: string, count: number, from: number): Promise<void> {
  const facts = Array.from({ length: count }, (_, i) =>
    makeFact({ id: `event ${name} ${i}`, time: from + i * 1000, session: { id: `${name} ${i}` } }),
  )
  await store.commit(facts)
}
