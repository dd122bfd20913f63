import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { builtInDefinitions } from '../../../definition/built-in.ts'
import type { Definition } from '../../../definition/definition.ts'
import type { Fact } from '../../../ingest/fact.ts'
import { makeFact, NOON, shuffled } from '../../../session/facts.fixture.ts'
import { TUNING } from '../tuning.ts'
import type { Tuning } from '../tuning.ts'
import { openStory } from './story.ts'
import type { Story } from './story.ts'
import { makePlace, tellAll } from './story-place.fixture.ts'
import { anyDefinition, manyFacts, SOURCES } from './story-histories.fixture.ts'
import { rowsOf } from './folded-rows.fixture.ts'
import { byEvents, naiveSessions, sessionsOf, storedSessions } from './told-sessions.fixture.ts'

const TIMEOUT_MS = 120_000

const anyTuning = fc
  .record({
    storyKeys: fc.constantFrom(0, 1, 1_000),
    storyWindow: fc.constantFrom(1, 2, 64),
    liveSessions: fc.constantFrom(0, 1_000),
  })
  .map((changes): Tuning => ({ ...TUNING, ...changes }))

/** So that nothing but their sessions keeps events apart. */
function ofOneVisitor(facts: readonly Fact[]): Fact[] {
  return facts.map((fact) => ({ ...fact, event: { ...fact.event, visitorId: 'v1' } }))
}

describe('a story', () => {
  test(
    'told as events arrive, in any order and with repetitions, is the one that is told of all of them at once',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          anyDefinition,
          manyFacts,
          fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
          fc.integer({ min: 1, max: 12 }),
          anyTuning,
          async (definition, facts, order, size, tuning) => {
            const place = await makePlace()
            const { store, file, storyPath } = place
            let story = openStory(storyPath('live'), definition, file, tuning)
            const arrived = shuffled(facts, order)
            for (let i = 0; i < arrived.length; i += size) {
              await store.commit(arrived.slice(Math.max(0, i - 2), i + size))
              if (i % 5 === 2) story.tell(1 + (i % 7))
              else if (i % 3 !== 1) tellAll(story, 1 + (i % 7))
              if (i % 4 === 3) {
                story.close()
                story = openStory(storyPath('live'), definition, file, tuning)
              }
            }
            tellAll(story, 100)
            const anew = openStory(storyPath('anew'), definition, file, TUNING)
            tellAll(anew, 1_000)
            try {
              expect(sessionsOf(story)).toEqual(sessionsOf(anew))
              expect(byEvents(storedSessions(story))).toEqual(byEvents(naiveSessions(definition, facts)))
              const { told, folded } = rowsOf(story.path, definition, file)
              expect(told).toEqual(folded)
            } finally {
              story.close()
              anew.close()
              await place.remove()
            }
          },
        ),
        { numRuns: 80 },
      )
    },
    TIMEOUT_MS,
  )

  test(
    'by the ids of its senders, told as events arrive in their order, is the one that is told of all of them at once',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          anyDefinition.map((definition): Definition => ({ ...definition, scope: 'visitor', by: 'client' })),
          fc.constantFrom(manyFacts, manyFacts.map(ofOneVisitor)).chain((facts) => facts),
          fc.integer({ min: 1, max: 5 }),
          anyTuning,
          async (definition, facts, size, tuning) => {
            const place = await makePlace()
            const { store, file, storyPath } = place
            const story = openStory(storyPath('live'), definition, file, tuning)
            const inOrder = [...facts].sort((a, b) => a.time - b.time)
            for (let i = 0; i < inOrder.length; i += size) {
              await store.commit(inOrder.slice(i, i + size))
              if (i % 3 === 0) story.tell(100)
              else tellAll(story, 100)
            }
            tellAll(story, 100)
            try {
              expect(byEvents(storedSessions(story))).toEqual(byEvents(naiveSessions(definition, facts)))
              const { told, folded } = rowsOf(story.path, definition, file)
              expect(told).toEqual(folded)
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

  test('two processes may tell the same story in turn', async () => {
    const place = await makePlace()
    const definition = builtInDefinitions([]).find(({ name }) => name === 'cross-property')!
    const both = [1, 2].map(() => openStory(place.storyPath('shared'), definition, place.file, TUNING))
    for (let minute = 0; minute < 12; minute++) {
      const id = `e${minute}`
      await place.store.commit([
        makeFact({ id, time: NOON + minute * 1_200_000, visitorId: `v${minute % 2}` }),
      ])
      tellAll(both[minute % 2]!, 10)
    }
    const list = (story: Story) =>
      story.list({ definition: definition.name, now: NOON, sort: 'start', descending: false, limit: 99 }).rows
    const anew = openStory(place.storyPath('anew'), definition, place.file, TUNING)
    tellAll(anew, 100)
    expect(list(both[0]!)).toHaveLength(12)
    for (const story of both)
      expect(list(story).map(({ why }) => why)).toEqual(list(anew).map(({ why }) => why))
    for (const story of [...both, anew]) story.close()
    await place.remove()
  })

  test('a source that gets another type makes the story out of date, a new source does not', async () => {
    const place = await makePlace()
    const definition: Definition = {
      name: 'any',
      scope: 'visitor',
      by: 'gap',
      timeoutMs: 1_800_000,
      splitOn: [],
      startEvents: [],
      endEvents: [],
      passiveEvents: [],
      sourceTypes: ['product'],
    }
    const story = openStory(place.storyPath('s'), definition, place.file, TUNING)
    await place.store.commit([makeFact({ id: 'a' }), makeFact({ id: 'b' }, { sourceId: 'nobody added it' })])
    tellAll(story, 10)
    expect([story.isOutdated(), sessionsOf(story).length]).toEqual([false, 1])
    await place.store.addSource({ ...SOURCES[0], id: 'new', writeKey: 'pk_new' })
    await place.store.commit([makeFact({ id: 'c' }, { sourceId: 'new' })])
    tellAll(story, 10)
    expect([story.isOutdated(), storedSessions(story)[0]!.events]).toEqual([false, ['a', 'c']])
    await place.store.addSource({ ...SOURCES[0], id: 'nobody added it', writeKey: 'pk_late' })
    expect(story.isOutdated()).toBe(true)
    story.close()
    await place.remove()
  })
})
