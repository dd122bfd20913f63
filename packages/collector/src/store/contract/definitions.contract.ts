import { expect, test } from 'vitest'
import type { Definition } from '../../definition/definition.ts'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import type { Store } from '../store.ts'
import { NoSuchDefinition } from '../kept-definition.ts'
import { allSessions } from './read-all.fixture.ts'
import { AS_STAMPED } from './stamped-definition.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

const MINUTE = 60_000
const TEN_MINUTES: Definition = { ...AS_STAMPED, name: 'game', by: 'gap', timeoutMs: 10 * MINUTE }
const FACTS = [0, 5, 20, 21, 60].map((minute) => makeFact({ id: `e${minute}`, time: NOON + minute * MINUTE }))

async function countOf(store: Store, definition: string): Promise<number> {
  return (await allSessions(store, { definition })).length
}

/** Definitions: kept, told, told anew, taken away. */
export function definitionsContract(withStore: MakeStorePlace): void {
  test('a definition tells the events before and after it was made', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit(FACTS.slice(0, 3))
    const kept = await store.putDefinition(TEN_MINUTES)
    expect(kept).toMatchObject({ definition: TEN_MINUTES, version: 1, isBuiltIn: false })
    expect(await countOf(store, 'game')).toBe(2)
    await store.commit(FACTS.slice(3))
    expect(await countOf(store, 'game')).toBe(3)
    expect(await store.definitions()).toContainEqual(
      expect.objectContaining({ definition: TEN_MINUTES, status: 'ready', progress: 1 }),
    )
    await place.remove()
  })

  test('built-in definitions are there unasked, one for each source type', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.addSource({ id: 'shop', name: 'Shop', type: 'product', origins: [], writeKey: 'pk_shop' })
    const names = (await store.definitions()).map(({ definition }) => definition.name)
    expect(names.sort()).toEqual(['cross-property', 'product', 'visits'])
    await store.commit([...FACTS, makeFact({ id: 'blog', time: NOON + 200 * MINUTE }, { sourceId: 'blog' })])
    expect(await Promise.all(names.map((name) => countOf(store, name)))).toEqual([3, 2, 3])
    expect(await store.removeDefinition('visits')).toBe(false)
    await place.remove()
  })

  test('a changed definition is a new version, the same one is not; both outlive a restart', async () => {
    const place = await withStore()
    let store = await place.open()
    await store.commit(FACTS)
    await store.putDefinition(TEN_MINUTES)
    expect(await countOf(store, 'game')).toBe(3)
    expect(await store.putDefinition(TEN_MINUTES)).toMatchObject({ version: 1, status: 'ready' })
    const changed = { ...TEN_MINUTES, timeoutMs: 60 * MINUTE }
    expect(await store.putDefinition(changed)).toMatchObject({ version: 2, definition: changed })
    await store.close()
    store = await place.open()
    await expect.poll(() => countOf(store, 'game')).toBe(1)
    expect((await store.definitions()).find(({ definition }) => definition.name === 'game')).toMatchObject({
      version: 2,
      status: 'ready',
    })
    await place.remove()
  })

  test('an earlier version can be read and compared, also after a restart, and goes with its definition', async () => {
    const place = await withStore()
    let store = await place.open()
    await store.commit(FACTS)
    await store.putDefinition(TEN_MINUTES)
    await store.putDefinition({ ...TEN_MINUTES, timeoutMs: 30 * MINUTE })
    await store.putDefinition({ ...TEN_MINUTES, timeoutMs: 60 * MINUTE })
    await store.close()
    store = await place.open()
    const counts = ['game@1', 'game@2', 'game@3', 'game'].map((name) => countOf(store, name))
    expect(await Promise.all(counts)).toEqual([3, 2, 1, 1])
    await store.commit([makeFact({ id: 'late', time: NOON + 500 * MINUTE })])
    expect(await countOf(store, 'game@1')).toBe(4)
    const [session] = await allSessions(store, { definition: 'game@2', descending: false })
    expect(session!.definition).toBe('game@2')

    const { split, merged, examples } = await store.compareDefinitions('game@2', 'game@1', 3)
    expect([split, merged]).toEqual([1, 0])
    expect(examples).toMatchObject([
      {
        kind: 'split',
        session: session!.id,
        into: [{ rule: 'first' }, { rule: 'timeout', event: 'e20', gapMs: 15 * MINUTE }],
      },
    ])
    const kept = (await store.definitions()).filter(({ definition }) => definition.name.startsWith('game'))
    expect(kept).toMatchObject([{ version: 3, earlier: [{ version: 1 }, { version: 2 }] }])
    expect(kept[0]!.earlier[0]!.definition).toEqual(TEN_MINUTES)

    for (const name of ['game@4', 'game@0', 'nothing@1', 'game@', '@1'])
      await expect(countOf(store, name)).rejects.toThrow(NoSuchDefinition)
    expect(await store.rebuildDefinition('game@1')).toBe(false)
    await store.removeDefinition('game')
    await expect(countOf(store, 'game@1')).rejects.toThrow(NoSuchDefinition)
    await place.remove()
  })

  test('readers see the version before until the new one is told', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit(FACTS)
    await store.putDefinition(TEN_MINUTES)
    expect(await countOf(store, 'game')).toBe(3)
    const ids = async () => (await allSessions(store, { definition: 'game' })).map(({ id }) => id)
    const before = await ids()
    await store.rebuildDefinition('game')
    expect(await ids()).toEqual(before)
    await store.putDefinition({ ...TEN_MINUTES, timeoutMs: 30 * MINUTE })
    const seen = new Set<number>()
    await expect
      .poll(async () => {
        const count = await countOf(store, 'game')
        seen.add(count)
        return count
      })
      .toBe(2)
    expect([...seen].every((count) => count === 3 || count === 2)).toBe(true)
    await place.remove()
  })

  test('a definition that is taken away is gone, and can be made again', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit(FACTS)
    await store.putDefinition(TEN_MINUTES)
    expect(await countOf(store, 'game')).toBe(3)
    expect(await store.removeDefinition('game')).toBe(true)
    expect(await store.removeDefinition('game')).toBe(false)
    expect(await store.rebuildDefinition('game')).toBe(false)
    await expect(countOf(store, 'game')).rejects.toThrow('game')
    await store.putDefinition(TEN_MINUTES)
    expect(await countOf(store, 'game')).toBe(3)
    await place.remove()
  })

  test('sessions say why they began and ended, and end when the definition says', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.putDefinition(TEN_MINUTES)
    await store.commit(FACTS)
    const now = NOON + 69 * MINUTE
    const told = await allSessions(store, { definition: 'game', now, descending: false })
    expect(
      told.map(({ startReason, endReason, why, metadata }) => [startReason, endReason, why, metadata.status]),
    ).toEqual([
      ['first', 'timeout', { start: { event: 'e0' }, end: { event: 'e20', gapMs: 15 * MINUTE } }, 'ended'],
      [
        'timeout',
        'timeout',
        { start: { event: 'e20', gapMs: 15 * MINUTE }, end: { event: 'e60', gapMs: 39 * MINUTE } },
        'ended',
      ],
      ['timeout', undefined, { start: { event: 'e60', gapMs: 39 * MINUTE } }, 'started'],
    ])
    expect(
      await allSessions(store, { definition: 'game', now: NOON + 70 * MINUTE, status: 'ended' }),
    ).toHaveLength(3)
    await place.remove()
  })
}
