import { expect, test } from 'vitest'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import { BadCursor } from '../store.ts'
import type { TailQuery } from '../queries.ts'
import type { Store } from '../store.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

const SOME = { mostBehind: 100, limit: 3 }

/** Events come in the order in which they were stored, whatever their times, each once. */
export function tailContract(withStore: MakeStorePlace): void {
  test('it begins at the end and goes on from a place, in the order of storing', async () => {
    const place = await withStore()
    const store = await place.open()
    await commit(store, 'before', [0, 1])
    const begin = await store.eventTail(SOME)
    expect([begin.rows, begin.hasSkipped]).toEqual([[], false])
    await commit(store, 'late', [-5, 9, -7, 2, 3])
    expect(await readOn(store, { ...SOME, after: begin.place })).toEqual([
      'late -5',
      'late 9',
      'late -7',
      'late 2',
      'late 3',
    ])
    await place.remove()
  })

  test('the place of a row goes on after that row, also after a restart', async () => {
    const place = await withStore()
    const store = await place.open()
    const { place: start } = await store.eventTail(SOME)
    await commit(store, 'e', [1, 2, 3, 4])
    const { rows } = await store.eventTail({ ...SOME, after: start })
    await store.close()
    const again = await place.open()
    expect(await readOn(again, { ...SOME, after: rows[1]!.place })).toEqual(['e 3', 'e 4'])
    expect(rows.map(({ sessionId }) => sessionId)).toEqual(['s', 's', 's'])
    await place.remove()
  })

  test('filters pass over events, and the place moves on all the same', async () => {
    const place = await withStore()
    const store = await place.open()
    const { place: start } = await store.eventTail(SOME)
    await commit(store, 'a', [1, 2, 3])
    await store.commit([makeFact({ id: 'b', visitorId: 'v2', session: { id: 't' } })])
    const tail = await store.eventTail({ ...SOME, after: start, visitor: 'v2' })
    expect(tail.rows.map(({ fact }) => fact.event.id)).toEqual(['b'])
    const nobody = await store.eventTail({ ...SOME, after: start, visitor: 'never' })
    expect([nobody.rows, nobody.place]).toEqual([[], tail.place])
    expect((await store.eventTail({ ...SOME, after: tail.place })).rows).toEqual([])
    await place.remove()
  })

  test('who is too far behind goes on nearer to the end, and is told so', async () => {
    const place = await withStore()
    const store = await place.open()
    const { place: start } = await store.eventTail(SOME)
    await commit(store, 'e', [1, 2, 3, 4, 5])
    const tail = await store.eventTail({ after: start, mostBehind: 2, limit: 9 })
    expect([tail.rows.map(({ fact }) => fact.event.id), tail.hasSkipped]).toEqual([['e 4', 'e 5'], true])
    expect((await store.eventTail({ after: start, mostBehind: 5, limit: 9 })).hasSkipped).toBe(false)
    await place.remove()
  })

  test('a repetition is not stored, so it does not come again', async () => {
    const place = await withStore()
    const store = await place.open()
    await commit(store, 'e', [1, 2])
    const { place: end } = await store.eventTail(SOME)
    await commit(store, 'e', [2, 1])
    expect((await store.eventTail({ ...SOME, after: end })).rows).toEqual([])
    await place.remove()
  })

  test('what is no place is refused; a place beyond the end is the end', async () => {
    const place = await withStore()
    const store = await place.open()
    await commit(store, 'e', [1])
    for (const after of ['', 'x', '-1', '1.5', '1e3', ' 1', '9'.repeat(40), '__proto__', "1' or 1=1"])
      await expect(store.eventTail({ ...SOME, after })).rejects.toThrow(BadCursor)
    const { rows, place: end, hasSkipped } = await store.eventTail({ ...SOME, after: '999999' })
    expect([rows, hasSkipped]).toEqual([[], false])
    expect(end).toBe((await store.eventTail(SOME)).place)
    await place.remove()
  })
}

async function commit(store: Store, name: string, minutes: readonly number[]): Promise<void> {
  const facts = minutes.map((minute) =>
    makeFact({ id: `${name} ${minute}`, time: NOON + minute * 60_000, session: { id: 's' } }),
  )
  await store.commit(facts)
}

async function readOn(store: Store, query: TailQuery): Promise<string[]> {
  const ids: string[] = []
  for (let after = query.after; ;) {
    const tail = await store.eventTail({ ...query, ...(after !== undefined && { after }) })
    ids.push(...tail.rows.map(({ fact }) => fact.event.id))
    if (tail.rows.length === 0) return ids
    after = tail.place
  }
}
