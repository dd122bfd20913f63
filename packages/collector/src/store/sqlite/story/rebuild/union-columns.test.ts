import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { builtInDefinitions } from '../../../../definition/built-in.ts'
import type { Definition } from '../../../../definition/definition.ts'
import { rowsOf } from '../folded-rows.fixture.ts'
import { manyFacts } from '../story-histories.fixture.ts'
import { makePlace } from '../story-place.fixture.ts'
import { rebuildStory } from './rebuild-story.ts'

const TIMEOUT_MS = 240_000

/** Longer than any history here, so that each person has one session, of all that `client` tells as several. */
const ALL_IN_ONE: Definition = {
  ...builtInDefinitions([]).find(({ name }) => name === 'visits')!,
  timeoutMs: 86_400_000,
}

/** Sessions of `client`, one after the other or all at once. */
const stamps = fc.oneof(
  fc
    .constantFrom([3, 3, 3], [2, 5, 1], [1, 1, 4])
    .map((lengths) => lengths.flatMap((n, i) => Array<string>(n).fill(`s${i}`))),
  fc.array(fc.constantFrom('s0', 's1', 's2'), { minLength: 9, maxLength: 9 }),
)

test(
  'a session that consists of several has the columns that its events fold to',
  async () => {
    await fc.assert(
      fc.asyncProperty(manyFacts, stamps, fc.boolean(), async (facts, ids, byPerson) => {
        const inOrder = [...facts].sort((a, b) => a.time - b.time).slice(0, ids.length)
        const stamped = inOrder.map((fact, i) => ({
          ...fact,
          event: { ...fact.event, visitorId: 'v1', session: { id: ids[i]! } },
        }))
        const place = await makePlace()
        try {
          await place.store.commit(stamped)
          const [factsPath, path] = [place.file.path, place.storyPath('rebuilt')]
          const definition: Definition = { ...ALL_IN_ONE, scope: byPerson ? 'profile' : 'visitor' }
          for (const _ of rebuildStory({ factsPath, definition, path }));
          const { told, folded } = rowsOf(path, definition, place.file)
          expect(told).toEqual(folded)
        } finally {
          await place.remove()
        }
      }),
      { numRuns: 120 },
    )
  },
  TIMEOUT_MS,
)
