import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { ACTIVE_MS, lifecycleOf } from '../../profile/lifecycle.ts'
import { makeFact, NOON, shuffled } from '../../session/facts.fixture.ts'
import type { Lifecycle } from '@sojourn/protocol'
import { LIFECYCLES } from '@sojourn/protocol'
import { allSessions } from './read-all.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

/** Starts on, just before and just after the 30 days that keep a profile active. */
const start = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom(-1, 0, 1, 3_600_000))
  .map(([months, ms]) => NOON + months * ACTIVE_MS + ms * months)

/** Where profiles stand at their product sessions. */
export function lifecycleContract(withStore: MakeStorePlace): void {
  test('is that of the product session before, however events arrived', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(start, { minLength: 1, maxLength: 8 }),
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        fc.array(fc.nat(), { minLength: 1 }),
        async (starts, isProduct, order) => {
          const place = await withStore()
          const store = await place.open()
          await store.addSource({ id: 'app', name: 'App', type: 'product', origins: [], writeKey: 'pk_app' })
          await store.addSource({
            id: 'blog',
            name: 'Blog',
            type: 'marketing',
            origins: [],
            writeKey: 'pk_blog',
          })
          const inTime = starts
            .sort((a, b) => a - b)
            // Nearer events would be one session.
            .filter((time, i) => i === 0 || time - starts[i - 1]! >= 1_800_000)
          const facts = inTime.map((time, i) =>
            makeFact({ id: `e${i}`, time, userId: 'u' }, { sourceId: isProduct[i] ? 'app' : 'blog' }),
          )
          for (const fact of shuffled(facts, order)) {
            await store.commit([fact])
            await allSessions(store, { definition: 'cross-property' })
          }
          let previous: number | undefined
          const expected = inTime.map((time, i): Lifecycle | undefined => {
            if (!isProduct[i]) return undefined
            const lifecycle = lifecycleOf(time, previous)
            previous = time
            return lifecycle
          })
          const asked = { definition: 'cross-property', now: NOON }
          const sessions = await allSessions(store, { ...asked, descending: false })
          expect(sessions.map(({ lifecycle }) => lifecycle)).toEqual(expected)
          const groups = await store.sessionGroups(asked, 'lifecycle', 10)
          for (const lifecycle of LIFECYCLES) {
            const count = expected.filter((each) => each === lifecycle).length
            expect(await allSessions(store, { ...asked, lifecycle })).toHaveLength(count)
            expect(groups.find(({ values }) => values.lifecycle === lifecycle)?.sums.sessions ?? 0).toBe(
              count,
            )
          }
          await place.remove()
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)

  test('the sessions of visitors have none', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([makeFact({ id: 'a', userId: 'u', session: { id: 's' } })])
    expect((await allSessions(store))[0]).not.toHaveProperty('lifecycle')
    expect(await allSessions(store, { lifecycle: 'new' })).toEqual([])
    expect(await store.sessionGroups({ definition: 'visits', now: NOON }, 'lifecycle', 5)).toEqual([])
    await place.remove()
  })
}
