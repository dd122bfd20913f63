import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { Fact } from '../../ingest/fact.ts'
import { profileId } from '../../session/derived-id.ts'
import { distinctFacts, hostileText, makeFact, NOON } from '../../session/facts.fixture.ts'
import { naiveSession } from '../../session/naive-session.fixture.ts'
import { SESSION_STATUSES } from '@sojourn/protocol'
import type { SessionObject } from '@sojourn/protocol'
import { SESSION_SORTS } from '../queries.ts'
import type { SessionsQuery } from '../queries.ts'
import type { Source, Store } from '../store.ts'
import { NoSuchDefinition } from '../kept-definition.ts'
import { AS_STAMPED } from './stamped-definition.fixture.ts'
import { allSessions } from './read-all.fixture.ts'
import { PROPERTY_TIMEOUT_MS } from './store-place.fixture.ts'
import { naiveScore, SOME_RULES } from './scored.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

const SOURCES: readonly Source[] = [
  { id: 'shop', name: 'Shop', type: 'product', origins: [], writeKey: 'pk_1' },
  { id: 'blog', name: 'Blog', type: 'marketing', origins: [], writeKey: 'pk_2' },
]

type Filters = Partial<Omit<SessionsQuery, 'definition' | 'limit' | 'cursor' | 'descending' | 'sort'>>

const someTime = fc.integer({ min: -1, max: 25 }).map((step) => NOON + step * 300_000)
const seconds = fc.integer({ min: 0, max: 25 }).map((step) => step * 300)
const few = fc.integer({ min: 0, max: 5 })
const name = fc.oneof(fc.constantFrom('page_view', 'clicked', 'bought', 'identify', 'never'), hostileText)
const path = fc.oneof(fc.constantFrom('/', '/cart', '/never'), hostileText)
const profile = fc.constantFrom(
  'u-1',
  'u-3',
  'v1',
  profileId({ kind: 'user', id: 'u-1' }),
  profileId({ kind: 'visitor', id: 'v1' }),
)

const filters: fc.Arbitrary<Filters> = fc.oneof(
  fc.constant({}),
  fc.record({ profile }),
  fc.record({ visitor: fc.constantFrom('v1', 'v2', 'v9', 'u-1') }),
  fc.record({ source: fc.constantFrom('shop', 'Shop', 'blog', 'docs', 'nowhere') }),
  fc.record({ sourceType: fc.constantFrom('product', 'marketing', 'unknown', 'help') }),
  fc.record({ from: someTime }),
  fc.record({ to: someTime }),
  fc.record({ minDuration: seconds }),
  fc.record({ maxDuration: seconds }),
  fc.record({ minEvents: few }),
  fc.record({ maxEvents: few }),
  fc.record({ minPoints: fc.integer({ min: -3, max: 7 }) }),
  fc.record({ entry: name }),
  fc.record({ exit: name }),
  fc.record({ entryPath: path }),
  fc.record({ exitPath: path }),
  fc.record({ event: name }),
  fc.record({ tag: hostileText }),
  fc.record({ path }),
  fc.record({ status: fc.constantFrom(...SESSION_STATUSES) }),
  fc.record({ device: fc.constantFrom('desktop', 'mobile', 'tablet') }),
  fc.record({ country: fc.constantFrom('FR', 'NZ', 'fr', 'DE') }),
  fc.record({ utmSource: hostileText }),
  fc.record({ utmCampaign: hostileText }),
  fc.record({ utmMedium: hostileText }),
  fc.record({ goal: hostileText }),
  fc.record({ converted: fc.boolean() }),
  fc.record({ without: fc.subarray(['utmSource', 'utmCampaign', 'country'] as const, { minLength: 1 }) }),
  fc.record({ without: fc.constantFrom(['entryPath'] as const, ['device', 'exitPath'] as const) }),
)

const facts = distinctFacts(40).chain((drawn) =>
  fc
    .array(fc.tuple(fc.constantFrom('v1', 'v2', 'v3'), fc.nat(2)), {
      minLength: drawn.length,
      maxLength: drawn.length,
    })
    .map((owners) =>
      drawn.map((fact, i): Fact => {
        const [visitorId, number] = owners[i]!
        return { ...fact, event: { ...fact.event, visitorId, session: { id: `${visitorId} ${number}` } } }
      }),
    ),
)

/** Every filter and every sort, against looking at all events. */
export function sessionFiltersContract(withStore: MakeStorePlace): void {
  test(
    'a query finds what looking at all events finds, once, in its order',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          facts,
          fc.array(fc.tuple(filters, filters), { minLength: 12, maxLength: 12 }),
          someTime,
          fc.constantFrom('client', AS_STAMPED.name),
          async (stored, queries, now, definition) => {
            const place = await withStore()
            const store = await place.open()
            for (const source of SOURCES) await store.addSource(source)
            if (definition !== 'client') await store.putDefinition(AS_STAMPED)
            await store.putScoring(SOME_RULES)
            for (let i = 0; i < stored.length; i += 15) await store.commit(stored.slice(i, i + 15))
            const groups = bySession(stored)
            for (const [i, [one, other]] of queries.entries()) {
              const sort = SESSION_SORTS[i % SESSION_SORTS.length]!
              const { status, ...rest } = { ...one, ...(i % 3 === 0 ? other : {}) }
              // `client` goes by the timeout of the sender, other definitions have their own.
              const asked = { ...rest, ...(status && definition === 'client' ? { status } : {}), now }
              const found = await allSessions(store, { ...asked, definition, sort, descending: i % 2 === 0 })
              const expected = [...groups].filter(([, group]) => matches(group, asked)).map(([id]) => id)
              const stamps = await Promise.all(found.map(({ id }) => stampOf(store, definition, id)))
              expect(stamps.sort(), JSON.stringify(asked)).toEqual(expected.sort())
              const values = found.map((session) => sortValue(session, sort) * (i % 2 === 0 ? -1 : 1))
              expect(values).toEqual([...values].sort((a, b) => a - b))
            }
            await place.remove()
          },
        ),
        { numRuns: 40 },
      )
    },
    PROPERTY_TIMEOUT_MS,
  )

  test('a definition that is not there has no sessions', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([makeFact({ id: 'a', session: { id: 's' } })])
    await expect(allSessions(store, { definition: 'toString' })).rejects.toThrow(NoSuchDefinition)
    await expect(store.session('toString', 's', NOON)).rejects.toThrow(NoSuchDefinition)
    await expect(store.sessionEvents('toString', 's', { limit: 5 })).rejects.toThrow(NoSuchDefinition)
    expect(await store.session('client', 't', NOON)).toBeUndefined()
    await place.remove()
  })

  test('an anonymous profile is the visitor, until there is a user', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([makeFact({ id: 'a', visitorId: 'v1', session: { id: 's' } })])
    const anonymous = profileId({ kind: 'visitor', id: 'v1' })
    expect((await allSessions(store, { profile: anonymous })).map(({ profile }) => profile)).toEqual([
      { id: anonymous },
    ])
    await store.commit([makeFact({ id: 'b', visitorId: 'v1', userId: 'u', session: { id: 's' } })])
    expect(await allSessions(store, { profile: anonymous })).toEqual([])
    expect((await allSessions(store, { profile: 'u' })).map(({ profile }) => profile)).toEqual([
      { id: profileId({ kind: 'user', id: 'u' }), userId: 'u' },
    ])
    await place.remove()
  })
}

/** The session id that a session's events came with. */
async function stampOf(store: Store, definition: string, id: string): Promise<string | undefined> {
  const page = await store.sessionEvents(definition, id, { limit: 1 })
  return page?.rows[0]?.fact.event.session?.id
}

function bySession(stored: readonly Fact[]): ReadonlyMap<string, Fact[]> {
  const groups = new Map<string, Fact[]>()
  for (const fact of stored) {
    const id = fact.event.session!.id
    groups.set(id, [...(groups.get(id) ?? []), fact])
  }
  return groups
}

function sortValue(session: SessionObject, sort: SessionsQuery['sort']): number {
  if (sort === 'start') return Date.parse(session.metadata.time.insert)
  if (sort === 'duration') return session.metadata.time.duration
  return sort === 'events' ? session.counts.events : session.points!
}

function matches(group: readonly Fact[], query: Filters & { readonly now: number }): boolean {
  const naive = naiveSession(group)
  const { points, goals } = naiveScore(group)
  const visitorId = group[0]!.event.visitorId!
  const source = SOURCES.find(({ id }) => id === naive.sourceId)
  const key =
    naive.userId === undefined
      ? ({ kind: 'visitor', id: visitorId } as const)
      : ({ kind: 'user', id: naive.userId } as const)
  const ended = query.now - naive.lastActive >= naive.timeoutMs
  const status = ended ? 'ended' : naive.counts.events > 1 ? 'active' : 'started'
  const is = (asked: unknown, ...values: readonly unknown[]) => asked === undefined || values.includes(asked)
  const atLeast = (asked: number | undefined, value: number) => asked === undefined || value >= asked
  const atMost = (asked: number | undefined, value: number) => asked === undefined || value <= asked
  return (
    is(query.profile, naive.userId, profileId(key)) &&
    is(query.visitor, visitorId) &&
    is(query.source, naive.sourceId, source?.name) &&
    is(query.sourceType, source?.type ?? 'unknown') &&
    atLeast(query.from, naive.insert) &&
    (query.to === undefined || naive.insert < query.to) &&
    atLeast(query.minDuration, naive.duration) &&
    atMost(query.maxDuration, naive.duration) &&
    atLeast(query.minEvents, naive.counts.events) &&
    atMost(query.maxEvents, naive.counts.events) &&
    atLeast(query.minPoints, points) &&
    is(query.entry, naive.entry?.name) &&
    is(query.exit, naive.exit?.name) &&
    is(query.entryPath, naive.entry?.path) &&
    is(query.exitPath, naive.exit?.path) &&
    is(query.event, ...group.map(({ event }) => event.name)) &&
    is(query.tag, ...group.flatMap(({ event }) => event.tags ?? [])) &&
    is(query.path, ...group.map(({ event }) => event.page?.path)) &&
    is(query.status, status) &&
    is(query.device, naive.device?.type) &&
    is(query.country, naive.geo?.country?.code) &&
    is(query.utmSource, naive.campaign?.source) &&
    is(query.utmMedium, naive.campaign?.medium) &&
    is(query.utmCampaign, naive.campaign?.name) &&
    is(query.goal, ...goals) &&
    is(query.converted, goals.length > 0) &&
    (query.without ?? []).every((value) => valuesOf(naive)[value] === undefined)
  )
}

function valuesOf(naive: ReturnType<typeof naiveSession>): Readonly<Record<string, string | undefined>> {
  const { entry, exit, device, geo, campaign } = naive
  return {
    entryPath: entry?.path,
    exitPath: exit?.path,
    device: device?.type,
    country: geo?.country?.code,
    utmSource: campaign?.source,
    utmCampaign: campaign?.name,
  }
}
