import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { Fact } from '../../ingest/fact.ts'
import { compareEvents } from '../../session/event-order.ts'
import { distinctFacts, hostileText, makeFact, NOON } from '../../session/facts.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'
import { SESSION_GROUPINGS } from '../session-metrics.ts'
import type { GroupValue, SessionGrouping, SessionSums } from '../session-metrics.ts'
import { NoSuchDefinition } from '../kept-definition.ts'
import type { SessionFilters } from '../queries.ts'
import type { Store } from '../store.ts'
import { allSessions } from './read-all.fixture.ts'
import { SOME_RULES } from './scored.fixture.ts'
import { AS_STAMPED } from './stamped-definition.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

const facts = distinctFacts(40).chain((drawn) =>
  fc
    .array(fc.tuple(fc.constantFrom('v1', 'v2', undefined), fc.nat(3)), {
      minLength: drawn.length,
      maxLength: drawn.length,
    })
    .map((owners) =>
      drawn.map((fact, i): Fact => {
        const [visitorId, number] = owners[i]!
        const { visitorId: _visitor, ...event } = fact.event
        const owned = visitorId === undefined ? { ...event, userId: 'u-9' } : { ...event, visitorId }
        return { ...fact, event: { ...owned, session: { id: `${visitorId ?? 'u'} ${number}` } } }
      }),
    ),
)
const times = fc.integer({ min: -2, max: 14 }).map((step) => NOON + step * 250_000)
const filters: fc.Arbitrary<Partial<SessionFilters>> = fc.oneof(
  fc.constant({}),
  fc.record({ from: times, to: times }),
  fc.record({ visitor: fc.constantFrom('v1', 'v9') }),
  fc.record({ profile: fc.constantFrom('u-9', 'u-1') }),
  fc.record({ tag: hostileText }),
  fc.record({ minEvents: fc.nat(4), source: fc.constant('shop') }),
  fc.record({ converted: fc.boolean() }),
)

/** What sessions amount to, against looking at the session objects that the same filters find. */
export function metricsContract(withStore: MakeStorePlace): void {
  test('sums, intervals, durations, groups and paths are those of the sessions', async () => {
    await fc.assert(
      fc.asyncProperty(
        facts,
        fc.array(filters, { minLength: 6, maxLength: 6 }),
        fc.uniqueArray(times, { minLength: 2, maxLength: 6 }),
        fc.constantFrom('client', AS_STAMPED.name),
        async (stored, asked, instants, definition) => {
          const place = await withStore()
          const store = await place.open()
          await store.addSource({ id: 'shop', name: 'Shop', type: 'product', origins: [], writeKey: 'pk' })
          if (definition !== 'client') await store.putDefinition(AS_STAMPED)
          await store.putScoring(SOME_RULES)
          await store.commit(stored)
          const bounds = instants.sort((a, b) => a - b)
          for (const some of asked) {
            const query: SessionFilters = { definition, now: NOON, ...some }
            const found = await allSessions(store, query)
            const starts = found.map(startOf)
            expect(await store.sessionSpan(query)).toEqual(
              starts.length > 0 ? { first: Math.min(...starts), last: Math.max(...starts) } : undefined,
            )
            expect(await store.sessionSums(query)).toEqual(sumUp(found))
            expect(await store.sessionSumsBetween(query, bounds)).toEqual(
              pairs(bounds).map(([since, until]) =>
                sumUp(found.filter((session) => startOf(session) >= since && startOf(session) < until)),
              ),
            )
            // Bounds that durations are equal to are those that could go wrong.
            const seconds = [...new Set([0, 1, ...found.map(durationOf)])].sort((a, b) => a - b)
            expect(await store.sessionDurations(query, seconds)).toEqual(
              pairs([...seconds, Infinity]).map(
                ([least, beyond]) =>
                  found.filter((session) => durationOf(session) >= least && durationOf(session) < beyond)
                    .length,
              ),
            )
            for (const by of Object.keys(SESSION_GROUPINGS) as SessionGrouping[]) {
              const groups = await store.sessionGroups(query, by, 1_000)
              expect(toMap(groups.map(({ values, sums }) => [JSON.stringify(values), sums]))).toEqual(
                sumsBy(found, (session) => valuesOf(session, by)),
              )
              expectLargestFirst(groups)
              const largest = await store.sessionGroups(query, by, 2)
              expect(largest).toEqual(groups.slice(0, 2))
            }
            const members = new Map<string, readonly Fact[]>()
            for (const { id } of found) members.set(id, await factsOf(store, definition, id))
            const paths = await store.sessionPaths(query, { steps: 2, limit: 1_000, examined: 1_000 })
            expect(toMap(paths.map(({ steps, sums }) => [JSON.stringify(steps), sums]))).toEqual(
              sumsBy(found, (session) => [JSON.stringify(pathOf(members.get(session.id)!).slice(0, 2))]),
            )
            expectLargestFirst(paths)
          }
          await place.remove()
        },
      ),
      { numRuns: 40 },
    )
  })

  test('a definition that is not there cannot be summed up', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([makeFact({ id: 'a', session: { id: 's' } })])
    const query = { definition: 'toString', now: NOON }
    const asked = [
      store.sessionSpan(query),
      store.sessionSums(query),
      store.sessionSumsBetween(query, [0, NOON, NOON * 2]),
      store.sessionDurations(query, [0, 10]),
      store.sessionGroups(query, 'entries', 5),
      store.sessionPaths(query, { steps: 3, limit: 5, examined: 5 }),
    ]
    for (const answer of asked) await expect(answer).rejects.toThrow(NoSuchDefinition)
    await place.remove()
  })

  test('paths are told of the sessions that started last, and a page seen again at once is one step', async () => {
    const place = await withStore()
    const store = await place.open()
    const page = (session: string, minute: number, path: string) =>
      makeFact({
        id: `${session} ${minute}`,
        type: 'page',
        name: 'page_view',
        time: NOON + minute * 60_000,
        session: { id: session },
        page: { path },
      })
    await store.commit([
      page('old', 0, '/old'),
      ...['/', '/', '/pricing', '/', '/signup'].map((path, i) => page('a', i + 1, path)),
      page('b', 10, '/'),
    ])
    const query = { definition: 'client', now: NOON }
    const paths = await store.sessionPaths(query, { steps: 3, limit: 9, examined: 2 })
    expect(paths.map(({ steps }) => steps)).toEqual([['/', '/pricing', '/'], ['/']])
    await place.remove()
  })
}

function sumUp(sessions: readonly SessionObject[]): SessionSums {
  const sum = (of: (session: SessionObject) => number) => sessions.reduce((all, one) => all + of(one), 0)
  return {
    sessions: sessions.length,
    visitors: new Set(sessions.map(({ visitor, profile }) => visitor?.id ?? `user ${profile.id}`)).size,
    events: sum(({ counts }) => counts.events),
    pageViews: sum(({ counts }) => counts.pageViews),
    duration: sum(durationOf),
    bounces: sum(({ bounce }) => Number(bounce)),
    points: sum(({ points }) => points ?? 0),
    conversions: sum(({ goals }) => Number((goals ?? []).length > 0)),
  }
}

/** The values of a session in a grouping, as JSON with its keys in their order; one for each goal, none for a session that is in no group. */
function valuesOf(session: SessionObject, by: SessionGrouping): readonly string[] {
  if (by === 'goals') return (session.goals ?? []).map((goal) => JSON.stringify({ goal }))
  const all: Readonly<Record<GroupValue, string | undefined>> = {
    entry: session.entry?.name,
    entryPath: session.entry?.path,
    exit: session.exit?.name,
    exitPath: session.exit?.path,
    source: session.source.id,
    sourceType: session.source.type,
    utmSource: session.utm?.source,
    utmMedium: session.utm?.medium,
    utmCampaign: session.utm?.campaign,
    device: session.device?.type,
    country: session.device?.geo?.country?.code,
    lifecycle: session.lifecycle,
    goal: undefined,
  }
  if (by === 'lifecycle' && !session.lifecycle) return []
  return [JSON.stringify(Object.fromEntries(SESSION_GROUPINGS[by].map((value) => [value, all[value]])))]
}

async function factsOf(store: Store, definition: string, id: string): Promise<readonly Fact[]> {
  const page = await store.sessionEvents(definition, id, { limit: 100 })
  return page!.rows.map(({ fact }) => fact)
}

function pathOf(facts: readonly Fact[]): string[] {
  const pages = facts
    .filter(({ event }) => event.type === 'page' && !event.passive)
    .sort((a, b) => compareEvents({ time: a.time, id: a.event.id }, { time: b.time, id: b.event.id }))
    .flatMap(({ event }) => event.page?.path ?? [])
  return pages.filter((path, i) => path !== pages[i - 1])
}

function sumsBy(
  sessions: readonly SessionObject[],
  keysOf: (session: SessionObject) => readonly string[],
): ReadonlyMap<string, SessionSums> {
  const groups = new Map<string, SessionObject[]>()
  for (const session of sessions)
    for (const key of keysOf(session)) groups.set(key, [...(groups.get(key) ?? []), session])
  return new Map([...groups].map(([key, group]) => [key, sumUp(group)]))
}

function toMap(entries: readonly (readonly [string, SessionSums])[]): ReadonlyMap<string, SessionSums> {
  const map = new Map(entries)
  expect(map.size).toBe(entries.length)
  return map
}

function expectLargestFirst(rows: readonly { readonly sums: SessionSums }[]): void {
  const sizes = rows.map(({ sums }) => sums.sessions)
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
}

function pairs(bounds: readonly number[]): [number, number][] {
  return bounds.slice(1).map((until, i) => [bounds[i]!, until])
}

function startOf(session: SessionObject): number {
  return Date.parse(session.metadata.time.insert)
}

function durationOf(session: SessionObject): number {
  return session.metadata.time.duration
}
