import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { compareCodePoints } from '../../session/event-order.ts'
import { distinctFacts, makeFact } from '../../session/facts.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'
import type { Goal, Match, ScoringRule } from '../../scoring/match.ts'
import { compileMatch } from '../../scoring/compile-match.ts'
import type { Store } from '../store.ts'
import { allSessions } from './read-all.fixture.ts'
import { scoresAreReady } from './scores-ready.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

const match: fc.Arbitrary<Match> = fc.oneof(
  fc.record({ name: fc.constantFrom('page_view', 'clicked', 'bought', 'identify') }),
  fc.record({ type: fc.constantFrom('page' as const, 'track' as const, 'engagement' as const) }),
  fc.record({ path: fc.constantFrom('/**', '/cart', '/*') }),
)
const rulebook = fc.record({
  rules: fc.array(fc.record({ match, points: fc.integer({ min: -9, max: 9 }) }), { maxLength: 4 }),
  goals: fc.uniqueArray(fc.record({ name: fc.constantFrom('trial', 'b"uy', 'é'), match }), {
    maxLength: 3,
    selector: ({ name }) => name,
  }),
})
type Rules = { readonly rules: readonly ScoringRule[]; readonly goals: readonly Goal[] }

const TRIAL: Goal = { name: 'trial', match: { name: 'signed_up' } }
const FIVE: ScoringRule = { match: { type: 'track' }, points: 5 }

/** What sessions are worth, against asking the rules of each of their events. */
export function scoringContract(withStore: MakeStorePlace): void {
  test('every session has the points and goals of its events, whenever the rules came', async () => {
    await fc.assert(
      fc.asyncProperty(
        distinctFacts(40),
        fc.array(rulebook, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('client', 'visits', 'cross-property'),
        async (stored, rulebooks, definition) => {
          const place = await withStore()
          let store = await place.open()
          const size = Math.ceil(stored.length / rulebooks.length)
          for (const [i, rules] of rulebooks.entries()) {
            await store.commit(stored.slice(i * size, (i + 1) * size))
            await allSessions(store, { definition })
            await store.putScoring(rules)
            if (i === 1) {
              await store.close()
              store = await place.open()
            }
          }
          // Told of before all is scored again.
          await store.commit([makeFact({ id: 'the last', visitorId: 'v1', session: { id: 's' } })])
          await scoresAreReady(store, definition)
          const rules = rulebooks.at(-1)!
          for (const session of await allSessions(store, { definition }))
            expect(scoreOf(session)).toEqual(await naiveScore(store, session, rules))
          for (const { name } of rules.goals)
            expect((await allSessions(store, { definition, goal: name })).length).toBe(
              (await allSessions(store, { definition })).filter(({ goals }) => goals?.includes(name)).length,
            )
          await place.remove()
        },
      ),
      { numRuns: 30 },
    )
  }, 120_000)

  test('until there are rules, nothing has points', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([makeFact({ id: 'a', session: { id: 's' } })])
    const [session] = await allSessions(store)
    expect([session!.points, session!.goals]).toEqual([undefined, undefined])
    expect(await store.scoring()).toEqual({
      rulebook: { number: 0, rules: [], goals: [] },
      left: 0,
      of: expect.any(Number) as number,
    })
    await place.remove()
  })

  test('rules and goals change apart, the same ones change nothing, and both outlive a restart', async () => {
    const place = await withStore()
    let store = await place.open()
    await store.putScoring({ rules: [FIVE] })
    expect((await store.putScoring({ goals: [TRIAL] })).rulebook).toEqual({
      number: 2,
      rules: [FIVE],
      goals: [TRIAL],
    })
    expect((await store.putScoring({ rules: [FIVE] })).rulebook.number).toBe(2)
    await store.close()
    store = await place.open()
    expect((await store.scoring()).rulebook).toEqual({ number: 2, rules: [FIVE], goals: [TRIAL] })
    await place.remove()
  })

  test('a session is shown with its old points or its new ones, and history is scored in steps', async () => {
    const place = await withStore()
    let store = await place.open()
    const many = Array.from({ length: 450 }, (_, i) => [
      makeFact({ id: `${i} a`, visitorId: `v${i}`, name: 'signed_up', session: { id: `s${i}` } }),
      makeFact({ id: `${i} b`, visitorId: `v${i}`, name: 'other', session: { id: `s${i}` } }),
    ])
    await store.putScoring({ rules: [FIVE] })
    await store.commit(many.flat())
    const { left, of } = await store.putScoring({ rules: [{ ...FIVE, points: 7 }], goals: [TRIAL] })
    expect([left, of]).toEqual([450, 450])
    const seen = new Set((await allSessions(store, { limit: 200 })).map((one) => String(one.points)))
    await store.close()
    store = await place.open()
    for (let turns = 0; (await store.scoring()).left > 0 && turns < 1_000; turns++) {
      for (const { points, goals } of await allSessions(store, { limit: 200 }))
        seen.add(`${points} ${String(goals)}`)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    const after = await allSessions(store, { limit: 200 })
    expect(new Set(after.map(({ points, goals }) => `${points} ${String(goals)}`))).toEqual(
      new Set(['14 trial']),
    )
    expect([...seen].filter((one) => !['10', '10 ', '14 trial'].includes(one))).toEqual([])
    await place.remove()
  })
}

function scoreOf({ points, goals }: SessionObject) {
  return { points, goals }
}

async function naiveScore(store: Store, session: SessionObject, { rules, goals }: Rules) {
  const page = await store.sessionEvents(session.definition, session.id, { limit: 100 })
  const events = page!.rows.map(({ fact }) => fact.event)
  const sum = rules.flatMap((rule) => events.filter(compileMatch(rule.match)).map(() => rule.points))
  const reached = goals.filter((goal) => events.some(compileMatch(goal.match)))
  // A rulebook without rules that nobody ever changed is none.
  const isScored = (await store.scoring()).rulebook.number > 0
  return isScored
    ? {
        points: sum.reduce((all, one) => all + one, 0),
        goals: reached.map(({ name }) => name).sort(compareCodePoints),
      }
    : { points: undefined, goals: undefined }
}
