import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../ingest/fact.ts'
import { buildSession } from './build-session.ts'
import { distinctFacts, makeFact, NOON, shuffled } from './facts.fixture.ts'
import { foldFact, stateOf } from './fold-fact.ts'
import { mergeSessions } from './merge-sessions.ts'
import { naiveSession } from './naive-session.fixture.ts'
import { MAX_SESSION_TAGS, MAX_SESSION_TRAITS, MAX_TRAIT_CHARS } from './session-state.ts'
import type { SessionState } from './session-state.ts'

const seed = fc.array(fc.nat(), { minLength: 1, maxLength: 20 })
const runs = { numRuns: 300 }

function fold(facts: readonly Fact[]): SessionState {
  return facts.reduce<SessionState | undefined>((state, fact) => foldFact(state, fact), undefined)!
}

function object(facts: readonly Fact[], now = NOON) {
  const state = fold(facts)
  const { id, value } = { id: state.properties?.id, value: facts }
  const properties = value.find(({ event }) => event.id === id)?.event.properties
  return buildSession(
    {
      id: 's1',
      definition: 'client',
      key: { kind: 'visitor', id: 'v1' },
      state,
      source: { id: 'shop', name: 'Shop', type: 'product' },
      segments: [],
      properties,
    },
    now,
  )
}

describe('the fold leaves no trace of', () => {
  propertyTest.prop([distinctFacts(12), seed], runs)('the order of arrival', (facts, order) => {
    expect(fold(shuffled(facts, order))).toEqual(fold(facts))
  })

  propertyTest.prop([distinctFacts(12), seed, fc.nat(12)], runs)('the grouping', (facts, order, cut) => {
    const [left, right] = [shuffled(facts, order).slice(0, cut), shuffled(facts, order).slice(cut)]
    const merged =
      left.length && right.length ? mergeSessions(fold(left), fold(right)) : fold([...left, ...right])
    expect(merged).toEqual(fold(facts))
  })

  propertyTest.prop([distinctFacts(12), seed], runs)('taking events one by one', (facts, order) => {
    const [first, ...others] = shuffled(facts, order)
    const merged = others.reduce((state, fact) => mergeSessions(state, stateOf(fact)), stateOf(first!))
    expect(fold([first!, ...others])).toEqual(merged)
  })

  propertyTest.prop([distinctFacts(9)], runs)('how three sessions are merged', (facts) => {
    fc.pre(facts.length >= 3)
    const [a, b, c] = [0, 1, 2].map((part) => fold(facts.filter((_, i) => i % 3 === part))) as [
      SessionState,
      SessionState,
      SessionState,
    ]
    expect(mergeSessions(mergeSessions(a, b), c)).toEqual(mergeSessions(a, mergeSessions(b, c)))
    expect(mergeSessions(a, b)).toEqual(mergeSessions(b, a))
  })

  test('the order where there are more traits and tags than are kept', () => {
    const facts = Array.from({ length: 40 }, (_, i) =>
      makeFact({
        id: `e${i}`,
        time: NOON + (i % 7) * 1000,
        tags: Array.from({ length: 20 }, (_, j) => `tag ${(i * 20 + j) % 700}`),
        traits: Object.fromEntries(Array.from({ length: 30 }, (_, j) => [`trait ${(i * 13 + j) % 200}`, i])),
      }),
    )
    const state = fold(facts)
    expect(state.traits.size).toBe(MAX_SESSION_TRAITS)
    expect(state.tags).toHaveLength(MAX_SESSION_TAGS)
    const traits = (of: SessionState) => new Map([...of.traits].sort())
    for (const order of [[5, 3, 11], [17], [2, 9, 4, 30]]) {
      const other = fold(shuffled(facts, order))
      expect(traits(other)).toEqual(traits(state))
      expect(other.tags).toEqual(state.tags)
    }
    // The traits that were set last are those that stay.
    expect(Math.min(...[...state.traits.values()].map(({ time }) => time))).toBeGreaterThanOrEqual(
      NOON + 5000,
    )
  })
})

describe('the session object', () => {
  propertyTest.prop([distinctFacts(10), fc.integer({ min: -10_000, max: 20_000_000 })], runs)(
    'is what looking at all events tells',
    (facts, since) => {
      const naive = naiveSession(facts)
      const now = NOON + since
      const session = object(facts, now)
      const { time } = session.metadata
      expect(time.insert).toBe(new Date(naive.insert).toISOString())
      expect(time.timestamp).toBe(naive.insert / 1000)
      expect(time.create).toBe(new Date(naive.create).toISOString())
      expect(time.update).toBe(new Date(naive.update).toISOString())
      expect(time.duration).toBe(naive.duration)
      expect(time.engaged).toBe(naive.engaged)
      expect(session.metadata.status).toBe(
        now - naive.lastActive >= naive.timeoutMs ? 'ended' : naive.counts.events > 1 ? 'active' : 'started',
      )
      expect(session.metadata.channel).toBe(naive.app?.type === 'browser' ? 'web' : 'server')
      const { number, previousId, startReason } = session
      expect({ number, previousId, startReason }).toEqual({
        number: undefined,
        previousId: undefined,
        startReason: undefined,
        ...naive.stamp,
      })
      expect(session.profile.userId).toBe(naive.userId)
      const { ip, geo, ...device } = session.device ?? {}
      expect(device).toEqual(naive.device ?? {})
      expect(ip).toBe(naive.ip)
      expect(geo).toEqual(naive.geo)
      expect(session.os).toEqual(naive.os)
      expect(session.app).toEqual(
        naive.app && { ...naive.app, ...(naive.language && { language: naive.language }) },
      )
      const { name, ...utm } = naive.campaign ?? {}
      expect(session.utm ?? {}).toEqual({ ...utm, ...(name !== undefined && { campaign: name }) })
      expect(session.referrer).toEqual(naive.referrer)
      expect(session.context?.timezone).toBe(naive.timezone)
      expect(session.properties).toEqual(naive.properties)
      expect(new Map(Object.entries(session.traits ?? {}))).toEqual(new Map(Object.entries(naive.traits)))
      expect(session.counts).toEqual(naive.counts)
      expect(session.tags).toEqual(naive.tags)
      expect(session.entry).toEqual(naive.entry)
      expect(session.exit).toEqual(naive.exit)
      expect(session.bounce).toBe(naive.counts.events === 1)
    },
  )

  propertyTest.prop([distinctFacts(6)])('has no empty field, and is plain JSON', (facts) => {
    const session = object(facts)
    expect(JSON.parse(JSON.stringify(session))).toEqual(session)
    for (const value of Object.values(session)) expect(value).not.toEqual({})
  })

  test('keeps a trait named __proto__ as a key of its own', () => {
    const traits = JSON.parse('{"__proto__": {"admin": true}, "plan": "pro"}') as object
    const session = object([makeFact({ id: 'e1', type: 'identify', traits: { ...traits } })])
    expect(Object.keys(session.traits!)).toEqual(['__proto__', 'plan'])
    expect((session.traits as { admin?: boolean }).admin).toBeUndefined()
  })

  test('leaves over-long traits with their event', () => {
    const state = stateOf(makeFact({ id: 'e1', traits: { long: 'x'.repeat(MAX_TRAIT_CHARS), short: 'x' } }))
    expect([...state.traits.keys()]).toEqual(['short'])
  })

  test('counts a passive page view as passive only', () => {
    const session = object([makeFact({ id: 'e1', type: 'page', passive: true })])
    expect(session.counts).toEqual({ events: 0, pageViews: 0, passive: 1 })
    expect(session.bounce).toBe(false)
    expect(session.entry).toBeUndefined()
  })
})
