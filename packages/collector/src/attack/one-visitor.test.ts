import { expect, test } from 'vitest'
import { parseDefinition } from '../definition/parse-definition.ts'
import { makeFact, NOON } from '../session/facts.fixture.ts'
import { makePlace } from '../store/sqlite/story/story-place.fixture.ts'
import { openStory } from '../store/sqlite/story/story.ts'
import type { Story } from '../store/sqlite/story/story.ts'
import { TUNING } from '../store/sqlite/tuning.ts'

const LONG_HISTORY = 2_000
const EVENTS = 200

function pages(visitorId: string, from: number, count: number, sessionOf: (i: number) => string) {
  return Array.from({ length: count }, (_, i) =>
    makeFact({
      id: `${visitorId}-${from + i}`,
      visitorId,
      time: NOON + (from + i) * 1_000,
      session: { id: `${visitorId}-${sessionOf(from + i)}` },
    }),
  )
}

function cpuOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

function tellOneByOne(story: Story): void {
  while (story.tell(1) > 0);
  story.write()
}

test.each([
  ['one session', () => 's'],
  ['two sessions in turn', (i: number) => `s${i % 2}`],
  ['a session each', (i: number) => `s${i}`],
])(
  'one visitor with a long history of %s costs what another costs',
  async (_, sessionOf) => {
    const parsed = parseDefinition({ name: 'stamped', by: 'client' })
    if (!parsed.ok) throw new Error(parsed.problems.join())
    const place = await makePlace()
    // Keys are forgotten at once, so that each event finds anew where its visitor stands.
    const story = openStory(place.storyPath('s'), parsed.definition, place.file, { ...TUNING, storyKeys: 0 })
    try {
      const cost = async (visitorId: string, from: number) => {
        await place.store.commit(pages(visitorId, from, EVENTS, sessionOf))
        return cpuOf(() => tellOneByOne(story))
      }
      await place.store.commit(pages('busy', 0, LONG_HISTORY, sessionOf))
      tellOneByOne(story)
      await cost('warm', 0)
      const [fresh, busy] = [await cost('new', 0), await cost('busy', LONG_HISTORY)]
      expect(busy / fresh).toBeLessThan(8)
    } finally {
      story.close()
      await place.remove()
    }
  },
  60_000,
)
