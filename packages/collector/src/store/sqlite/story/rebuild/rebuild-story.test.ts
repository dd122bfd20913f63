import { existsSync } from 'node:fs'
import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { builtInDefinitions } from '../../../../definition/built-in.ts'
import { makeFact, NOON, shuffled } from '../../../../session/facts.fixture.ts'
import { TUNING } from '../../tuning.ts'
import { rowsOf } from '../folded-rows.fixture.ts'
import { anyDefinition, manyFacts } from '../story-histories.fixture.ts'
import { makePlace, tellAll } from '../story-place.fixture.ts'
import { openStory } from '../story.ts'
import type { Story } from '../story.ts'
import { byEvents, naiveSessions, sessionsOf, storedSessions } from '../told-sessions.fixture.ts'
import { rebuildStory } from './rebuild-story.ts'

const TIMEOUT_MS = 240_000
const BUILT_IN = builtInDefinitions(['product', 'marketing']).filter(({ name }) => name !== 'client')

/** Rules for what the histories hold, and goals; none at all as often. */
const RULES = {
  rules: [
    { match: { type: 'page' as const }, points: 2 },
    { match: { tags: ['b'] }, points: 5 },
  ],
  goals: [
    { name: 'in', match: { name: 'login' } },
    { name: 'cart', match: { path: '/cart' } },
  ],
}

const definitions = fc.oneof(fc.constantFrom(...BUILT_IN), anyDefinition)

/** All that a reader can ask of a story. */
function everythingOf(story: Story, name: string) {
  return {
    sessions: sessionsOf(story, name),
    events: byEvents(storedSessions(story, name)),
    gaps: story.gaps(undefined, {}),
    profiles: story.profiles
      .list({ limit: 500 })
      .rows.map(({ id }) => story.profiles.one(id))
      .sort((a, b) => (a!.id < b!.id ? -1 : 1)),
  }
}

describe('a story that is rebuilt', () => {
  test(
    'is the one that is told event by event, and goes on as that does',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          definitions,
          manyFacts,
          fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.integer({ min: 1, max: 12 }),
          fc.boolean(),
          async (definition, facts, order, share, slice, hasRules) => {
            const place = await makePlace()
            if (hasRules) await place.store.putScoring(RULES)
            const arrived = shuffled(facts, order)
            const known = Math.ceil(arrived.length * share)
            for (let i = 0; i < known; i += 5)
              await place.store.commit(arrived.slice(i, Math.min(i + 5, known)))
            const [factsPath, path] = [place.file.path, place.storyPath('rebuilt')]
            const progress = [...rebuildStory({ factsPath, definition, path })]
            const rows = rowsOf(path, definition, place.file)
            expect(rows.told).toEqual(rows.folded)
            const rebuilt = openStory(path, definition, place.file, TUNING)
            const told = openStory(place.storyPath('told'), definition, place.file, TUNING)
            try {
              expect(progress).toEqual([...progress].sort((a, b) => a - b))
              expect(rebuilt.toldUpTo()).toBe(place.file.facts.lastRow())
              tellAll(told, 1_000)
              expect(everythingOf(rebuilt, definition.name)).toEqual(everythingOf(told, definition.name))
              for (let i = known; i < arrived.length; i += 3) {
                await place.store.commit(arrived.slice(i, i + 3))
                tellAll(rebuilt, slice)
              }
              tellAll(told, 1_000)
              expect(everythingOf(rebuilt, definition.name)).toEqual(everythingOf(told, definition.name))
              expect(byEvents(storedSessions(rebuilt, definition.name))).toEqual(
                byEvents(naiveSessions(definition, facts)),
              )
            } finally {
              rebuilt.close()
              told.close()
              await place.remove()
            }
          },
        ),
        { numRuns: 60 },
      )
    },
    TIMEOUT_MS,
  )

  test('leaves nothing behind when it is stopped, and takes no harm from what a killed one left', async () => {
    const place = await makePlace()
    await place.store.commit([makeFact({ id: 'a', time: NOON }), makeFact({ id: 'b', time: NOON + 1 })])
    const definition = BUILT_IN[0]!
    const [factsPath, path] = [place.file.path, place.storyPath('rebuilt')]
    const files = () => ['', '.new', '.events'].filter((end) => existsSync(path + end))
    const stopped = rebuildStory({ factsPath, definition, path })
    stopped.next()
    expect(files()).toEqual(['.new', '.events'])
    stopped.return()
    expect(files()).toEqual([])
    // One that is never driven further is one whose process was killed.
    rebuildStory({ factsPath, definition, path }).next()
    for (const _ of rebuildStory({ factsPath, definition, path }));
    expect(files()).toEqual([''])
    const story = openStory(path, definition, place.file, TUNING)
    expect(storedSessions(story, definition.name).map(({ events }) => events)).toEqual([['a', 'b']])
    story.close()
    await place.remove()
  })
})
