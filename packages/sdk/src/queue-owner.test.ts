// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest'
import { browserEnvironment } from './environment.ts'
import { createEventQueue } from './event-queue.ts'
import { DEFAULTS, parseOptions } from './options.ts'
import { adoptQueues, ownQueue } from './queue-owner.ts'
import { createLocks } from './tab.fixture.ts'

const NOW = 1_717_055_063_243
const DAY_MS = 86_400_000
const PREFIX = 'sj_q.k.'
const OWN = `${PREFIX}own`

/** What a tab makes of the queues that others have left. */
async function adopted(locks: LockManager | undefined): Promise<readonly string[]> {
  const env = { ...browserEnvironment(), locks, now: () => NOW }
  const queue = createEventQueue(env, OWN, parseOptions({ writeKey: 'k', endpoint: '/' }, DEFAULTS))
  queue.add('{"own":1}')
  await adoptQueues(env, PREFIX, { queue, own: OWN })
  return queue.events.map((event) => event.text)
}

beforeEach(() => localStorage.clear())

test("a dead tab's queue is taken over, and stored before it goes", async () => {
  localStorage.setItem(`${PREFIX}dead`, `${NOW}\n{"a":1}\n{"b":2}`)
  expect(await adopted(createLocks())).toEqual(['{"own":1}', '{"a":1}', '{"b":2}'])
  expect(Object.keys(localStorage)).toEqual([OWN])
  expect(localStorage.getItem(OWN)).toContain('{"b":2}')
})

test("a living tab's queue, and that of another write key, stay theirs", async () => {
  const locks = createLocks()
  localStorage.setItem(`${PREFIX}living`, `${NOW}\n{"a":1}`)
  localStorage.setItem('sj_q.other.dead', `${NOW}\n{"a":1}`)
  const release = ownQueue({ ...browserEnvironment(), locks }, `${PREFIX}living`)
  expect(await adopted(locks)).toEqual(['{"own":1}'])
  release()
  await new Promise((done) => setTimeout(done))
  expect(await adopted(locks)).toEqual(['{"own":1}', '{"a":1}'])
  expect(localStorage.getItem('sj_q.other.dead')).not.toBeNull()
})

test('without locks, what was stored a moment ago is taken for a living tab’s', async () => {
  localStorage.setItem(`${PREFIX}fresh`, `${NOW - 59_000}\n{"fresh":1}`)
  localStorage.setItem(`${PREFIX}old`, `${NOW - 61_000}\n{"old":1}`)
  expect(await adopted(undefined)).toEqual(['{"own":1}', '{"old":1}'])
})

test('what is older than 30 days is dropped', async () => {
  localStorage.setItem(`${PREFIX}ancient`, `${NOW - 31 * DAY_MS}\n{"ancient":1}`)
  localStorage.setItem(`${PREFIX}weeks`, `${NOW - 29 * DAY_MS}\n{"weeks":1}`)
  expect(await adopted(createLocks())).toEqual(['{"own":1}', '{"weeks":1}'])
  expect(Object.keys(localStorage)).toEqual([OWN])
})

test.each(['', '%', '{"a":', 'x'.repeat(500)])('garbage %j is taken for nothing', async (garbage) => {
  localStorage.setItem(`${PREFIX}garbage`, garbage)
  expect(await adopted(createLocks())).toEqual(['{"own":1}'])
  expect(await adopted(undefined)).toEqual(['{"own":1}'])
})
