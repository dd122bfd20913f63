import { fc, test } from '@fast-check/vitest'
import type { WireEvent } from '@sojourn/protocol'
import { describe, expect } from 'vitest'
import { createGoalFinder, createScorer } from './compile-match.ts'
import { matchJson, parseGoals, parseScoring } from './parse-scoring.ts'

const EVENT: WireEvent = {
  id: 'e1',
  type: 'track',
  name: 'checkout_started',
  time: 0,
  passive: false,
  tags: ['cta', 'checkout'],
  page: { path: '/shop/cart' },
  properties: { plan: 'pro', value: 12.5, trial: false, cart: { items: 3 }, note: null, list: [1] },
}

function rulesOf(...rules: readonly unknown[]) {
  const parsed = parseScoring({ rules })
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  return parsed.items
}

const points = (match: object, event = EVENT) => createScorer(rulesOf({ match, points: 1 }))(event)

describe('a match', () => {
  test.each<[object, boolean]>([
    [{ name: 'checkout_started' }, true],
    [{ name: 'checkout' }, false],
    [{ name: 'CHECKOUT_STARTED' }, false],
    [{ type: 'track' }, true],
    [{ type: 'page' }, false],
    [{ path: '/shop/*' }, true],
    [{ path: '/shop' }, false],
    [{ tags: ['cta'] }, true],
    [{ tags: ['checkout', 'cta'] }, true],
    [{ tags: ['cta', 'pricing'] }, false],
    [{ properties: { plan: 'pro' } }, true],
    [{ properties: { plan: 'free' } }, false],
    [{ properties: { value: 12.5 } }, true],
    [{ properties: { value: '12.5' } }, false],
    [{ properties: { value: { min: 12.5 } } }, true],
    [{ properties: { value: { min: 12.6 } } }, false],
    [{ properties: { value: { max: 12.5 } } }, true],
    [{ properties: { value: { max: 12.4 } } }, false],
    [{ properties: { value: { min: 10, max: 20 } } }, true],
    [{ properties: { plan: { min: 0 } } }, false],
    [{ properties: { trial: { max: 5 } } }, false],
    [{ properties: { trial: false } }, true],
    [{ properties: { missing: false } }, false],
    [{ properties: { 'cart.items': 3 } }, true],
    [{ properties: { 'cart.items.0': 3 } }, false],
    [{ properties: { 'list.0': 1 } }, true],
    [{ properties: { toString: { min: 0 } } }, false],
    [{ properties: { 'constructor.name': 'Object' } }, false],
    [
      { name: 'checkout_started', type: 'track', path: '**', tags: ['cta'], properties: { plan: 'pro' } },
      true,
    ],
    [
      { name: 'checkout_started', type: 'track', path: '**', tags: ['cta'], properties: { plan: 'x' } },
      false,
    ],
  ])('%j: %s', (match, isMatch) => {
    expect(points(match)).toBe(Number(isMatch))
  })

  test('asks nothing of an event that has no such part', () => {
    const bare: WireEvent = { id: 'e2', type: 'track', name: 'x', time: 0, passive: false }
    for (const match of [
      { path: '**' },
      { tags: ['a'] },
      { properties: { a: 1 } },
      { properties: { a: { max: 5 } } },
    ])
      expect(points(match, bare)).toBe(0)
  })
})

test('an event gets the sum over the rules it matches, and all of its goals', () => {
  const rules = rulesOf(
    { match: { type: 'track' }, points: 5 },
    { match: { tags: ['cta'] }, points: -2 },
    { match: { name: 'other' }, points: 100 },
  )
  expect(createScorer(rules)(EVENT)).toBe(3)
  expect(createScorer([])(EVENT)).toBe(0)
  const goals = parseGoals({
    goals: [
      { name: 'checkout', match: { name: 'checkout_started' } },
      { name: '__proto__', match: { type: 'track' } },
      { name: 'trial', match: { name: 'trial' } },
    ],
  })
  expect(goals.ok && createGoalFinder(goals.items)(EVENT)).toEqual(['checkout', '__proto__'])
})

describe('parsing', () => {
  test('lists every problem of every rule', () => {
    const parsed = parseScoring({
      rules: [
        {
          match: {
            name: '',
            type: 'click',
            path: 5,
            tags: [],
            properties: { '': 1, a: null, b: { min: 5, max: 1 } },
          },
          points: 0.5,
        },
        { match: {}, points: 1 },
        { points: 1 },
        { match: { name: 'a', colour: 'red' }, pointz: 3 },
        'rule',
        { match: { properties: { a: {} } }, points: 1 },
        { match: { properties: { a: { min: 'x' }, b: [1] } }, points: 1 },
        { match: { path: 'x'.repeat(257) }, points: 2_000_000 },
      ],
      extra: 1,
    })
    expect(parsed).toEqual({
      ok: false,
      problems: [
        '"extra" is no field of it.',
        'rules[0].points must be a whole number from -1000000 to 1000000, not 0.5.',
        'rules[0].match.name must be a text of 1 to 256 characters.',
        'rules[0].match.type must be one of page, track, identify, engagement, not "click".',
        'rules[0].match.path must be a text of 1 to 256 characters.',
        'rules[0].match.properties[""] must be a path without empty parts, such as plan or cart.total.',
        'rules[0].match.properties["a"] must be a text, a number, true, false, or an object with min or max.',
        'rules[0].match.properties["b"].min is over max: no number could match.',
        'rules[0].match.tags must name at least one; leave it out for any.',
        'rules[1].match must name at least one of name, type, path, tags, properties.',
        'rules[2].match must be a JSON object.',
        'rules[3].points must be a whole number from -1000000 to 1000000.',
        'rules[3].match."colour" is no field of it.',
        'rules[3]."pointz" is no field of it.',
        'rules[4] must be a JSON object.',
        'rules[5].match.properties["a"] must have min or max.',
        'rules[6].match.properties["a"].min must be a number, not "x".',
        'rules[6].match.properties["b"] must be a text, a number, true, false, or an object with min or max.',
        'rules[7].points must be a whole number from -1000000 to 1000000, not 2000000.',
        'rules[7].match.path must be a text of 1 to 256 characters.',
      ],
    })
  })

  test('refuses two goals of one name, and one without', () => {
    const match = { name: 'a' }
    expect(parseGoals({ goals: [{ name: 'trial', match }, { name: 'trial', match }, { match }] })).toEqual({
      ok: false,
      problems: ['goals[1].name "trial" is that of another goal.', 'goals[2].name is missing.'],
    })
  })

  test.each([[null], [[]], [{}], [{ rules: {} }], [{ rules: Array.from({ length: 101 }, () => ({})) }]])(
    'refuses what is no list of rules (%#)',
    (value) => {
      expect(parseScoring(value)).toMatchObject({ ok: false })
    },
  )

  test.prop([fc.anything()], { numRuns: 300 })('never throws', (value) => {
    parseScoring(value)
    parseGoals({ goals: [value] })
    parseScoring({ rules: [{ match: value, points: 1 }] })
  })

  const plain = fc.oneof(fc.string({ maxLength: 9, unit: 'grapheme-ascii' }), fc.integer(), fc.boolean())
  test.prop([
    fc.record(
      {
        name: fc.constant('a'),
        type: fc.constantFrom('page', 'identify'),
        path: fc.constant('/a/*'),
        tags: fc.constant(['x', 'y']),
        properties: fc.dictionary(
          fc.constantFrom('a', 'b.c', '__proto__', 'toString'),
          fc.oneof(plain, fc.constant({ min: 1 })),
          {
            minKeys: 1,
          },
        ),
      },
      { requiredKeys: ['name'] },
    ),
  ])('what is written reads back', (match) => {
    const once = parseScoring({ rules: [{ match, points: 1 }] })
    expect(once.ok).toBe(true)
    if (!once.ok) return
    const written: unknown = JSON.parse(JSON.stringify(matchJson(once.items[0]!.match)))
    expect(parseScoring({ rules: [{ match: written, points: 1 }] })).toEqual(once)
  })
})
