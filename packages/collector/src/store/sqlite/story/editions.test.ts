import { readdirSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { builtInDefinitions } from '../../../definition/built-in.ts'
import { makeFact, NOON } from '../../../session/facts.fixture.ts'
import { TUNING } from '../tuning.ts'
import { createEditions } from './editions.ts'
import type { NextStory } from './editions.ts'
import { makePlace, tellAll } from './story-place.fixture.ts'
import { storedSessions } from './told-sessions.fixture.ts'

const definition = builtInDefinitions([]).find(({ name }) => name === 'visits')!
const edition = { definition, version: 1, build: 0 }

/** A store of some events, and the editions of its stories, of which any with more than one event to tell is rebuilt. */
async function place() {
  const made = await makePlace()
  onTestFinished(made.remove)
  for (let i = 0; i < 5; i++)
    await made.store.commit([makeFact({ id: `e${i}`, time: NOON + i * 3_600_000, visitorId: 'v1' })])
  const folder = `${made.file.path}-stories`
  const editions = createEditions(folder, made.file, { ...TUNING, rebuildEvents: 1 })
  const begin = (): { readonly next: NextStory; readonly over: Promise<void> } => {
    let next: NextStory
    const over = new Promise<void>((resolve) => (next = editions.begin(edition, resolve)))
    return { next: next!, over }
  }
  return { ...made, editions, begin, folder }
}

test('a story with much to tell is rebuilt, and told further from there', async () => {
  const { begin, store, editions, file } = await place()
  const { next, over } = begin()
  expect([next.story, editions.progress(next)]).toEqual([undefined, 0])
  await over
  expect([next.rebuild, next.fault]).toEqual([undefined, undefined])
  expect([next.story!.toldUpTo(), editions.progress(next)]).toEqual([file.facts.lastRow(), 1])
  await store.commit([makeFact({ id: 'late', time: NOON + 60_000, visitorId: 'v1' })])
  expect(editions.progress(next)).toBeLessThan(1)
  tellAll(next.story!, 10)
  expect(storedSessions(next.story!, 'visits').map(({ events }) => events)).toContainEqual(['e0', 'late'])
  next.close()
})

test('a story that was told before goes on without a rebuild', async () => {
  const { begin } = await place()
  const first = begin()
  await first.over
  first.next.close()
  const { next } = begin()
  expect([next.rebuild, next.story?.toldUpTo()]).toEqual([undefined, 5])
  next.close()
})

test('an edition that is discarded while it is rebuilt leaves no file', async () => {
  const { begin, editions, folder } = await place()
  const { next, over } = begin()
  editions.discard(next)
  await over
  await next.rebuild?.stop()
  expect(next.story).toBeUndefined()
  expect(readdirSync(folder)).toEqual([])
})

test('what stops a rebuild is there to be told', async () => {
  const { begin, folder, file } = await place()
  const stranger = new Database(file.path)
  // Only a rebuild reads the table as a whole.
  stranger.exec('alter table words add column foreign_to_us text')
  stranger.close()
  const { next, over } = begin()
  await over
  expect([next.story, next.fault]).toEqual([undefined, expect.any(Database.SqliteError)])
  expect(readdirSync(folder)).toEqual([])
})
