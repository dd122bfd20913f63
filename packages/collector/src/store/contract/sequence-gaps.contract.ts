import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { Fact } from '../../ingest/fact.ts'
import { makeFact, NOON, shuffled } from '../../session/facts.fixture.ts'
import type { SequenceGaps } from '../store.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

/** An event of a tab; every other tab stamps its events, and each is of one visitor and source. */
function numbered(tab: number, seq: number, copy = 0): Fact {
  return makeFact(
    {
      id: `${tab} ${seq} ${copy}`,
      tab: `tab ${tab}`,
      seq,
      time: NOON + (seq % 60) * 60_000,
      visitorId: `v${tab % 3}`,
      ...(tab % 2 === 0 && { session: { id: `s${tab} ${seq % 2}` } }),
    },
    { sourceId: tab < 3 ? 'shop' : 'blog' },
  )
}

const events = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 9 })), { maxLength: 40 })

/** Gaps in the numbers that tabs give their events, against a count over all that were stored. */
export function sequenceGapsContract(withStore: MakeStorePlace): void {
  test('gaps are what is missing below the highest number of each tab, however events arrived', async () => {
    await fc.assert(
      fc.asyncProperty(
        events,
        fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 8 }),
        async (drawn, order, size) => {
          const place = await withStore()
          const facts = drawn.map(([tab, seq]) => numbered(tab, seq))
          const arrived = shuffled([...facts, ...facts.slice(0, 5)], order)
          let store = await place.open()
          for (let i = 0; i < arrived.length; i += size) {
            await store.commit(arrived.slice(i, i + size))
            expect(bySource(await store.sequenceGaps())).toEqual(missing(arrived.slice(0, i + size)))
            if (i % 3 === 0) {
              await store.close()
              store = await place.open()
            }
          }
          await place.remove()
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a tab goes on where it was after a restart, also in another session of its visitor', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([1, 2, 3].map((seq) => numbered(0, seq)))
    await store.close()
    const again = await place.open()
    await again.commit([numbered(0, 4)])
    expect(await again.sequenceGaps()).toEqual([])
    await again.commit([numbered(0, 7)])
    expect(await again.sequenceGaps()).toEqual([{ sourceId: 'shop', tabs: 1, missing: 2 }])
    await place.remove()
  })

  test('numbers that no tab gives, and one that is given twice, count for nothing', async () => {
    const place = await withStore()
    const store = await place.open()
    const odd = [0, -4, 1_000_001, Number.MAX_SAFE_INTEGER].map((seq) => numbered(0, seq))
    await store.commit(odd)
    expect(await store.sequenceGaps()).toEqual([])
    await store.commit([numbered(0, 1), numbered(0, 1, 1), numbered(0, 1, 2), numbered(0, 3)])
    expect(await store.sequenceGaps()).toEqual([{ sourceId: 'shop', tabs: 1, missing: 1 }])
    await place.remove()
  })
}

function missing(facts: readonly Fact[]): ReadonlyMap<string, readonly [tabs: number, missing: number]> {
  const seen = new Map<string, Set<number>>()
  for (const { event, sourceId } of facts) {
    const key = `${sourceId}/${event.tab}`
    seen.set(key, (seen.get(key) ?? new Set()).add(event.seq!))
  }
  const gaps = new Map<string, [number, number]>()
  for (const [key, numbers] of seen) {
    const open = Math.max(...numbers) - numbers.size
    const source = key.split('/')[0]!
    const [tabs, sum] = gaps.get(source) ?? [0, 0]
    if (open > 0) gaps.set(source, [tabs + 1, sum + open])
  }
  return gaps
}

function bySource(
  gaps: readonly SequenceGaps[],
): ReadonlyMap<string, readonly [tabs: number, missing: number]> {
  return new Map(gaps.map(({ sourceId, tabs, missing }) => [sourceId, [tabs, missing]]))
}
