import { writeFile } from 'node:fs/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { administrationContract } from '../contract/administration.contract.ts'
import { cursorsContract } from '../contract/cursors.contract.ts'
import { tailContract } from '../contract/tail.contract.ts'
import { CannotOpenStore } from '../sqlite/cannot-open-store.ts'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import { allSessions } from '../contract/read-all.fixture.ts'
import { scoresAreReady } from '../contract/scores-ready.fixture.ts'
import { AS_STAMPED } from '../contract/stamped-definition.fixture.ts'
import { NoSuchDefinition } from '../kept-definition.ts'
import { AskerGone } from '../store.ts'
import { openThreadedStore } from './open-threaded-store.ts'
import { BUILT_THREADS, makeThreadedPlace } from './threaded-place.fixture.ts'

// The store in each thread keeps to the whole contract by tests of its own; these are what has to cross. Threads take long to start, so properties, which
// make dozens of stores, stay there.
describe('in threads', () => {
  cursorsContract(makeThreadedPlace)
  tailContract(makeThreadedPlace)
  administrationContract(makeThreadedPlace)
})

test('a definition is told in the thread that reads, of what the other has committed', async () => {
  const place = await makeThreadedPlace()
  onTestFinished(place.remove)
  const store = await place.open()
  await expect(allSessions(store, { definition: 'pauses' })).rejects.toThrow(NoSuchDefinition)
  await store.putDefinition({ ...AS_STAMPED, name: 'pauses', by: 'gap', timeoutMs: 1_000 })
  await store.commit([makeFact({ id: 'a' }), makeFact({ id: 'b', time: NOON + 2_000 })])
  expect(await allSessions(store, { definition: 'pauses' })).toHaveLength(2)
})

test('rules are put through both threads, and sessions of before are scored again in both', async () => {
  const place = await makeThreadedPlace()
  onTestFinished(place.remove)
  const store = await place.open()
  await store.commit([makeFact({ id: 'a' }), makeFact({ id: 'b', properties: { plan: 'pro' } })])
  for (const definition of ['client', 'visits']) await allSessions(store, { definition })
  const goals = [{ name: 'pro', match: { properties: new Map([['plan', 'pro']]) } }]
  expect((await store.putScoring({ goals })).rulebook).toEqual({ number: 1, rules: [], goals })
  for (const definition of ['client', 'visits']) {
    await scoresAreReady(store, definition)
    expect((await allSessions(store, { definition })).map((session) => session.goals)).toEqual([['pro']])
  }
})

test('a file that cannot be used is refused with the sentence of the thread that found it', async () => {
  const place = await makeThreadedPlace()
  onTestFinished(place.remove)
  await writeFile(place.path, 'this is no database, however long one looks at it'.repeat(100))
  const opening = openThreadedStore({ path: place.path, threads: BUILT_THREADS })
  await expect(opening).rejects.toThrow(CannotOpenStore)
  await expect(opening).rejects.toThrow('is not a database')
})

test('sessions are summed up as long as somebody waits for it, and what was asked before the end is answered', async () => {
  const place = await makeThreadedPlace()
  onTestFinished(place.remove)
  const store = await place.open()
  await store.commit([makeFact({ id: 'a' })])
  const filters = { definition: 'client', now: NOON }
  const stays = new AbortController()
  expect(await store.sessionSums({ ...filters, signal: stays.signal })).toMatchObject({ sessions: 1 })
  const leaves = new AbortController()
  const left = store.sessionGroups({ ...filters, signal: leaves.signal }, 'entries', 5)
  leaves.abort()
  await expect(left).rejects.toThrow(AskerGone)
  const span = store.sessionSpan(filters)
  await store.close()
  expect(await span).toEqual({ first: NOON, last: NOON })
})

test('calls after the end are refused, and closing twice is closing once', async () => {
  const place = await makeThreadedPlace()
  onTestFinished(place.remove)
  const store = await place.open()
  await Promise.all([store.close(), store.close()])
  await expect(store.commit([])).rejects.toThrow('The store is closed.')
})

test('a person is erased and old events are forgotten by both threads, while commits go on', async () => {
  const place = await makeThreadedPlace()
  onTestFinished(place.remove)
  const store = await place.open()
  const day = 86_400_000
  await store.commit([
    makeFact({ id: 'a', visitorId: 'v1', userId: 'ann', session: { id: 's' } }),
    makeFact({ id: 'b', visitorId: 'v2', session: { id: 't' } }),
    makeFact({ id: 'c', visitorId: 'v2', session: { id: 'u' }, time: NOON + day }),
  ])
  const [erased, outcomes] = await Promise.all([
    store.eraseProfile('ann'),
    store.commit([makeFact({ id: 'd', visitorId: 'v3', session: { id: 'w' }, time: NOON + day })]),
  ])
  expect(erased).toEqual({ events: 1, sessions: 1, visitors: 1 })
  expect(outcomes).toEqual(['stored'])
  expect(await store.forgetBefore(NOON + day)).toEqual({ events: 1, sessions: 1 })
  const ids = (await allSessions(store)).map(({ id }) => id)
  expect(ids.sort()).toEqual(['u', 'w'])
  expect(await store.profile('ann')).toBeUndefined()
})
