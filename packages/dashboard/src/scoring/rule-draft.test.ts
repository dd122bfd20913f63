import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { emptyDraft, matchOf, pointsOf, ruleDraftOf } from './rule-draft.ts'

const word = fc.stringMatching(/^[a-z_]{1,8}$/)
const wanted = fc.oneof(
  word,
  fc.integer({ min: -999, max: 999 }),
  fc.boolean(),
  fc.constantFrom('7', 'true', ''),
  fc.record(
    { min: fc.integer({ min: 0, max: 9 }), max: fc.integer({ min: 9, max: 99 }) },
    { requiredKeys: ['min'] },
  ),
)
const match = fc.record(
  {
    name: word,
    path: fc.constantFrom('/pricing', '/docs/**'),
    tags: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
    properties: fc.dictionary(word, wanted, { minKeys: 1, maxKeys: 3 }),
  },
  { requiredKeys: [] },
)

describe('a draft', () => {
  test.prop([match])('of a stored rule is sent as it is stored', (stored) => {
    expect(matchOf(ruleDraftOf({ match: stored, points: 5 }, 0))).toEqual(stored)
  })

  test('keeps the type of events, which the form does not show', () => {
    expect(matchOf({ ...emptyDraft(0), name: 'a' }, 'track')).toEqual({ type: 'track', name: 'a' })
  })

  test('reads bounds and values of properties', () => {
    const { properties } = matchOf({
      ...emptyDraft(0),
      properties: 'plan=pro, value>=10, value<=20, isNew=true, paid',
    })
    expect(properties).toEqual({ plan: 'pro', value: { min: 10, max: 20 }, isNew: true, paid: true })
  })
})

test('points are a number where they are one, and else what was typed', () => {
  const points = (head: string) => pointsOf({ ...emptyDraft(0), head })
  expect([points(' 15 '), points('-3'), points('many'), points('1.5'), points('')]).toEqual([
    15,
    -3,
    'many',
    '1.5',
    '',
  ])
})
