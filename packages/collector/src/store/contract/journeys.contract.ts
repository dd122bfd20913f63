import { fc } from '@fast-check/vitest'
import type { SessionObject } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { compileMatch } from '../../scoring/compile-match.ts'
import type { Fact } from '../../ingest/fact.ts'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import type { Store } from '../store.ts'
import { allSessions } from './read-all.fixture.ts'
import { scoresAreReady } from './scores-ready.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

const SOURCES = [
  { id: 'shop', name: 'Shop', type: 'product', origins: [], writeKey: 'pk_shop' },
  { id: 'app', name: 'App', type: 'product', origins: [], writeKey: 'pk_app' },
  { id: 'blog', name: 'Blog', type: 'marketing', origins: [], writeKey: 'pk_blog' },
  { id: 'manual', name: 'Manual', type: 'docs', origins: [], writeKey: 'pk_docs' },
]
const GOAL = { name: 'trial', match: { name: 'tried', tags: ['big'] } }

const step = fc.record({
  minute: fc.integer({ min: 0, max: 30 }).map((five) => five * 5),
  visitorId: fc.constantFrom('v1', 'v2'),
  userId: fc.option(fc.constant('u1'), { nil: undefined, freq: 4 }),
  sourceId: fc.constantFrom(...SOURCES.map(({ id }) => id)),
  isPage: fc.boolean(),
  passive: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  path: fc.constantFrom('/', '/a', '/b'),
  isGoal: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
})
const facts = fc.array(step, { minLength: 1, maxLength: 30 }).map((steps) =>
  steps.map(({ minute, userId, sourceId, isPage, isGoal, path, ...rest }, i): Fact => {
    const type = isPage ? ('page' as const) : ('track' as const)
    const name = isGoal ? 'tried' : isPage ? 'page_view' : 'clicked'
    const added = { time: NOON + minute * 60_000, sourceId }
    const tags = isGoal && i % 3 > 0 ? { tags: ['big', 'cta'] } : {}
    const event = { ...rest, ...tags, ...(userId && { userId }), id: `e${i}`, type, name, page: { path } }
    return makeFact(event, added)
  }),
)

/** Ways through sessions, against looking at their events. */
export function journeysContract(withStore: MakeStorePlace): void {
  test('paths, pairs of sources and conversions are those of the sessions', async () => {
    await fc.assert(
      fc.asyncProperty(
        facts,
        fc.constantFrom('client', 'visits', 'cross-property'),
        fc.integer({ min: 1, max: 3 }),
        async (stored, definition, steps) => {
          const place = await withStore()
          const store = await place.open()
          for (const source of SOURCES) await store.addSource(source)
          await store.putScoring({ goals: [GOAL, { name: 'other', match: { path: '/b' } }] })
          await store.commit(stored)
          await scoresAreReady(store, definition)
          const query = { definition, now: NOON }
          const found = await allSessions(store, query)
          const many = { steps, limit: 1_000, examined: 1_000 }

          const sums = await store.sessionSums({ ...query, conversionsOf: GOAL.name })
          expect(sums.conversions).toBe(found.filter(({ goals }) => goals?.includes(GOAL.name)).length)
          expect((await store.sessionSums({ ...query, conversionsOf: 'none' })).conversions).toBe(0)

          const events = new Map<string, readonly Fact[]>()
          for (const { id } of found) events.set(id, await eventsOf(store, definition, id))
          for (const until of [undefined, GOAL.name])
            for (const isLast of [false, true]) {
              const asked = { ...many, isLast, ...(until !== undefined && { until }) }
              const paths = await store.sessionPaths(query, asked)
              const expected = found
                .map(({ id }) => pagesOf(events.get(id)!, until !== undefined))
                .flatMap((pages) => (pages ? [isLast ? pages.slice(-steps) : pages.slice(0, steps)] : []))
              expect(counted(paths.map((path) => [path.steps, path.sums.sessions]))).toEqual(
                counted(expected.map((path) => [path, 1])),
              )
              const partial = await store.sessionPaths(query, { ...asked, isPartial: true })
              expect(counted(partial.map((path) => [path.steps, path.sums.sessions]))).toEqual(
                counted(expected.flatMap((path) => partsOf(path, isLast)).map((path) => [path, 1])),
              )
              for (const path of partial) {
                if (path.steps.length === 0) continue
                const pages = { [isLast ? 'lastPages' : 'firstPages']: path.steps }
                const way = { ...query, ...pages, ...(until !== undefined && { pagesUntil: until }) }
                expect(await allSessions(store, way)).toHaveLength(path.sums.sessions)
              }
            }

          for (const from of [['marketing'], ['marketing', 'docs'], ['nothing']]) {
            const pairs = await store.sessionPairs(query, { from, to: 'product', limit: 99, examined: 999 })
            expect(counted(pairs.map((pair) => [[pair.from, pair.to], pair.sums.sessions]))).toEqual(
              counted(found.flatMap((session) => pairOf(session, from))),
            )
            const led = { ...query, led: { from, to: 'product' } }
            const all = pairs.reduce((sum, pair) => sum + pair.sums.sessions, 0)
            expect(await allSessions(store, led)).toHaveLength(all)
            expect((await store.sessionSums(led)).sessions).toBe(all)
            for (const pair of pairs) {
              const one = { ...led, ledFrom: pair.from.id, ledTo: pair.to.name }
              expect(await allSessions(store, one)).toHaveLength(pair.sums.sessions)
            }
            for (const other of [{ ledFrom: 'nowhere' }, { ledTo: 'blog' }])
              expect(await allSessions(store, { ...led, ...other })).toEqual([])
          }
          await place.remove()
        },
      ),
      { numRuns: 40 },
    )
  }, 120_000)

  test('of several sources before, a session was led from the last', async () => {
    const place = await withStore()
    const store = await place.open()
    for (const source of SOURCES) await store.addSource(source)
    const visited = ['blog', 'manual', 'shop', 'blog', 'app']
    await store.commit(
      visited.map((sourceId, n) =>
        makeFact(
          { id: `e${n}`, type: 'page', session: { id: 's' }, visitorId: 'v1' },
          { time: NOON + n, sourceId },
        ),
      ),
    )
    const led = { from: ['marketing', 'docs'], to: 'product' }
    const found = async (filters: object) => (await allSessions(store, { led, ...filters, now: NOON })).length
    expect(await Promise.all(['manual', 'Blog'].map((ledFrom) => found({ ledFrom })))).toEqual([1, 0])
    expect(await Promise.all(['Shop', 'app'].map((ledTo) => found({ ledTo })))).toEqual([1, 0])
    const pairs = await store.sessionPairs(
      { definition: 'client', now: NOON },
      { ...led, limit: 9, examined: 9 },
    )
    expect(pairs.map(({ from, to }) => [from.id, to.id])).toEqual([['manual', 'shop']])
    await place.remove()
  })

  test('pages up to a goal are found by a store that was just opened', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.putScoring({ goals: [GOAL] })
    const at = (n: number, event: object) =>
      makeFact({ id: `e${n}`, session: { id: 's' }, visitorId: 'v1', ...event }, { time: NOON + n * 1_000 })
    await store.commit([
      at(1, { type: 'page', page: { path: '/' } }),
      at(2, { type: 'track', name: 'tried', tags: ['big'] }),
      at(3, { type: 'page', page: { path: '/a' } }),
    ])
    await store.close()
    const again = await place.open()
    const found = (lastPages: readonly string[]) =>
      allSessions(again, { lastPages, pagesUntil: GOAL.name, now: NOON })
    expect(await found(['/'])).toHaveLength(1)
    expect(await found(['/a'])).toEqual([])
    await place.remove()
  })
}

async function eventsOf(store: Store, definition: string, id: string): Promise<readonly Fact[]> {
  return (await store.sessionEvents(definition, id, { limit: 100 }))!.rows.map(({ fact }) => fact)
}

/** The pages in order, one seen again at once left out; up to the goal where one is asked for, undefined where it is not reached. */
function pagesOf(events: readonly Fact[], isUntilGoal: boolean): readonly string[] | undefined {
  const goal = events.findIndex(({ event }) => compileMatch(GOAL.match)(event))
  if (isUntilGoal && goal < 0) return undefined
  return events
    .slice(0, isUntilGoal ? goal + 1 : undefined)
    .filter(({ event }) => event.type === 'page' && !event.passive)
    .map(({ event }) => event.page!.path!)
    .filter((path, i, all) => path !== all[i - 1])
}

/** A path from its fixed end on: up to its first page, its second, and so on. */
function partsOf(path: readonly string[], isLast: boolean): readonly (readonly string[])[] {
  if (path.length === 0) return [[]]
  return path.map((_, at) => (isLast ? path.slice(-at - 1) : path.slice(0, at + 1)))
}

/** By the segments of the session, which are the runs of its events at one source. */
function pairOf({ segments }: SessionObject, types: readonly string[]): [unknown, number][] {
  const target = segments.findIndex(({ type }) => type === 'product')
  const origin = segments.slice(0, Math.max(0, target)).findLast(({ type }) => types.includes(type))
  const named = (name: string) => {
    const { id, type } = SOURCES.find((source) => source.name === name)!
    return { id, name, type }
  }
  return origin ? [[[named(origin.source), named(segments[target]!.source)], 1]] : []
}

function counted(entries: readonly (readonly [unknown, number])[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const [key, count] of entries)
    sums.set(JSON.stringify(key), (sums.get(JSON.stringify(key)) ?? 0) + count)
  return sums
}
