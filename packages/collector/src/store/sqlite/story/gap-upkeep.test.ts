import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { builtInDefinitions } from '../../../definition/built-in.ts'
import type { Fact } from '../../../ingest/fact.ts'
import { shuffled } from '../../../session/facts.fixture.ts'
import { countGaps } from '../../../what-if/gap-summary.ts'
import type { GapSummary } from '../../../what-if/gap-summary.ts'
import { cellsOf } from '../../../what-if/what-if.ts'
import { TUNING } from '../tuning.ts'
import { manyFacts } from './story-histories.fixture.ts'
import { historiesOf, makePlace, tellAll } from './story-place.fixture.ts'
import { openStory } from './story.ts'

const TIMEOUT_MS = 120_000
const BUILT_IN = builtInDefinitions([]).filter(({ name }) => name !== 'client')

/** The cells of histories, counted at once. */
function naiveCells(histories: readonly (readonly Fact[])[], range = {}) {
  const summary: GapSummary = new Map()
  for (const history of histories) {
    const times = history.filter(({ event }) => !event.passive).map(({ time }) => time)
    countGaps(summary, { times: times.sort((a, b) => a - b) }, 1)
  }
  return cellsOf(summary, range)
}

test(
  'the summary of gaps that is kept is the one that is counted of all events at once',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...BUILT_IN),
        manyFacts,
        fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(0, 2, TUNING.storyKeys),
        fc.boolean(),
        async (definition, drawn, order, size, storyKeys, isInOrder) => {
          const place = await makePlace()
          // Some of the history lies a day later, so that days differ and gaps cross midnight.
          const facts = drawn.map((fact, i) =>
            i % 3 === 0 ? { ...fact, time: fact.time + 86_400_000 } : fact,
          )
          const arrived = isInOrder ? [...facts].sort((a, b) => a.time - b.time) : shuffled(facts, order)
          const story = openStory(place.storyPath('s'), definition, place.file, { ...TUNING, storyKeys })
          for (let i = 0; i < arrived.length; i += size) {
            await place.store.commit(arrived.slice(Math.max(0, i - 2), i + size))
            tellAll(story, 5)
          }
          const histories = historiesOf(definition.scope, facts)
          const shop = place.file.facts.sources().find(({ id }) => id === 'shop')!.row
          const day = Math.floor(facts[0]!.time / 86_400_000)
          try {
            expect(story.gaps(undefined, {})).toEqual(naiveCells(histories))
            expect(story.gaps(undefined, { from: day, to: day + 1 })).toEqual(
              naiveCells(histories, { from: day, to: day + 1 }),
            )
            expect(story.gaps([shop], {})).toEqual(
              naiveCells(histories.map((history) => history.filter(({ sourceId }) => sourceId === 'shop'))),
            )
          } finally {
            story.close()
            await place.remove()
          }
        },
      ),
      { numRuns: 80 },
    )
  },
  TIMEOUT_MS,
)
