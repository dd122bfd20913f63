import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { builtInDefinitions } from './built-in.ts'
import { definitionJson } from './definition-json.ts'
import type { Definition } from './definition.ts'
import { parseDefinition } from './parse-definition.ts'

const SOURCES = [
  { id: 's1', name: 'Shop', type: 'product' },
  { id: 's2', name: 'Blog', type: 'marketing' },
]

function problemsOf(value: unknown): readonly string[] {
  const parsed = parseDefinition(value, SOURCES)
  return parsed.ok ? [] : parsed.problems
}

describe('parseDefinition', () => {
  test('fills in the defaults', () => {
    expect(parseDefinition({ name: 'plain' })).toEqual({
      ok: true,
      definition: {
        name: 'plain',
        scope: 'visitor',
        by: 'gap',
        timeoutMs: 1_800_000,
        splitOn: [],
        startEvents: [],
        endEvents: [],
        passiveEvents: [],
      },
    })
  })

  test('reads every field', () => {
    const value = {
      name: 'shop-orders',
      scope: 'visitor',
      by: 'gap',
      timeout: '90s',
      maxLength: '6h',
      maxEvents: 500,
      dayBoundary: 'America/New_York',
      splitOn: ['campaign', 'referrer', 'user'],
      startEvents: ['login'],
      endEvents: ['logout'],
      property: 'properties.order_id',
      passiveEvents: ['heartbeat'],
      sources: ['Shop', 's2'],
      sourceTypes: ['product', 'marketing'],
    }
    const parsed = parseDefinition(value, SOURCES)
    expect(parsed).toMatchObject({ ok: true, definition: { timeoutMs: 90_000, maxLengthMs: 21_600_000 } })
    expect(parsed.ok && definitionJson(parsed.definition)).toEqual(value)
  })

  test('lists every problem at once', () => {
    const value = {
      name: 'Not A Name',
      scope: 'galaxy',
      by: 7,
      timeout: 0,
      maxLength: '1 hour',
      maxEvents: 0,
      dayBoundary: 'Mars/Olympus',
      splitOn: ['campaign', 'moon'],
      startEvents: 'login',
      endEvents: [''],
      property: 'order_id',
      passiveEvents: [1],
      sources: [],
      sourceTypes: {},
      timeOut: '5m',
    }
    const problems = problemsOf(value)
    for (const key of Object.keys(value))
      expect(
        problems.filter((each) => each.startsWith(`${key} `) || each.startsWith(`"${key}" `)),
        key,
      ).toHaveLength(1)
    expect(problems).toHaveLength(15)
  })

  test.each([[null], [undefined], ['visits'], [5], [[]], [[{ name: 'x' }]]])(
    '%j is no definition',
    (value) => {
      expect(problemsOf(value)).toEqual(['The body must be a JSON object.'])
    },
  )

  test.each([
    ['timeout 0', { timeout: 0 }],
    ['timeout 0s', { timeout: '0s' }],
    ['a timeout under a second', { timeout: 999 }],
    ['a timeout over a year', { timeout: '366d' }],
    ['a negative timeout', { timeout: -5 }],
    ['a fraction', { timeout: 1_000.5 }],
    ['a reserved name', { name: 'what-if' }],
    ['a built-in name', { name: 'client' }],
    ['a name that is a path', { name: '../etc' }],
    ['a name that is a key of objects', { name: '__proto__' }],
    ['an unknown source', { sources: ['Shop', 'Shed'] }],
    ['a source of a type left out', { sources: ['Blog'], sourceTypes: ['product'] }],
    ['a passive start', { startEvents: ['a'], passiveEvents: ['a'] }],
    ['a passive end', { endEvents: ['a'], passiveEvents: ['a'] }],
    ['stamped sessions of a profile', { by: 'client', scope: 'profile' }],
    ['a user split within one user', { scope: 'profile', splitOn: ['user'] }],
    ['a timeout that could never end a session', { maxLength: '10m' }],
    ['a name twice', { endEvents: ['a', 'a'] }],
    ['an offset as zone', { dayBoundary: '+02:00' }],
    ['a path to nowhere', { property: 'properties' }],
    ['a path with an empty key', { property: 'properties..id' }],
    ['a path into other fields', { property: 'constructor.name' }],
  ])('refuses %s', (_, fields) => {
    expect(problemsOf({ name: 'mine', ...fields })).toHaveLength(1)
  })

  test('an own key named __proto__ is an unknown field, not a prototype', () => {
    const value: unknown = JSON.parse('{"name":"mine","__proto__":{"timeout":"5m"}}')
    expect(problemsOf(value)).toEqual(['"__proto__" is no field of it.'])
  })

  test('quotes what was sent on one short line', () => {
    const [problem] = problemsOf({ name: 'mine', timeout: `\u001b[31m\n\u202e${'x'.repeat(10_000)}` })
    expect(problem!.length).toBeLessThan(200)
    expect(problem).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
  })

  test.prop([fc.anything()], { numRuns: 500 })('never throws', (value) => {
    parseDefinition(value)
  })

  test.prop([fc.object({ key: fc.constantFrom('name', 'timeout', 'splitOn', 'sources', 'property', 'x') })])(
    'either gives a definition or says why not',
    (value) => {
      const parsed = parseDefinition(value)
      expect(parsed.ok || parsed.problems.length > 0).toBe(true)
    },
  )
})

test.prop([
  fc.record(
    {
      scope: fc.constantFrom('visitor', 'profile'),
      timeout: fc.integer({ min: 1_000, max: 1_000_000 }),
      maxLength: fc.integer({ min: 1_000_000, max: 100_000_000 }),
      maxEvents: fc.integer({ min: 1, max: 1_000 }),
      dayBoundary: fc.constantFrom('Europe/Paris', 'UTC'),
      splitOn: fc.subarray(['campaign', 'referrer']),
      startEvents: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 9, unit: 'grapheme-ascii' }), {
        maxLength: 4,
      }),
      property: fc.constantFrom('properties.a.b', 'traits.plan'),
      sourceTypes: fc.constantFrom(['product'], ['docs', 'help']),
    },
    { requiredKeys: ['timeout'] },
  ),
])('what is written reads back', (fields) => {
  const parsed = parseDefinition({ name: 'mine', ...fields })
  expect(parsed).toMatchObject({ ok: true })
  const { definition } = parsed as { definition: Definition }
  expect(parseDefinition(JSON.parse(JSON.stringify(definitionJson(definition))))).toEqual(parsed)
})

describe('builtInDefinitions', () => {
  test('are client, visits, cross-property and one per source type', () => {
    const built = builtInDefinitions(['product', 'marketing', 'product'])
    expect(built.map(({ name, scope, by }) => [name, scope, by])).toEqual([
      ['client', 'visitor', 'client'],
      ['visits', 'visitor', 'gap'],
      ['cross-property', 'profile', 'gap'],
      ['marketing', 'profile', 'gap'],
      ['product', 'profile', 'gap'],
    ])
    expect(built.at(-1)!.sourceTypes).toEqual(['product'])
    expect(new Set(built.map(({ timeoutMs }) => timeoutMs))).toEqual(new Set([1_800_000]))
  })

  test('a source type cannot take the name of another', () => {
    expect(builtInDefinitions(['client', 'suggest', 'docs']).map(({ name }) => name)).toEqual([
      'client',
      'visits',
      'cross-property',
      'docs',
    ])
  })
})
