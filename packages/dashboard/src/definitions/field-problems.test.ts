import { expect, test } from 'vitest'
import { fieldProblems } from './field-problems.ts'

test('sorts what is wrong to the fields that the sentences begin with', () => {
  const { byField, others } = fieldProblems([
    'timeout must be from 1s to 365d, written as 90s, 30m, 6h, 2d or in milliseconds, not "soon".',
    'splitOn user contradicts scope profile: a profile has one user, so it could never split.',
    'splitOn can hold campaign, referrer, user, not "colour".',
    '"ping" is in passiveEvents and startEvents: a passive event starts no session.',
    'sources names "Shop", but there is no such source.',
  ])
  expect(Object.keys(byField)).toEqual(['timeout', 'splitOn', 'passiveEvents', 'sources'])
  expect(byField.splitOn).toHaveLength(2)
  expect(others).toEqual([])
})

test('keeps what is about no field, also where it has the name of something else', () => {
  const sentences = ['The body must be a JSON object.', '"colour" is no field of it.', 'constructor is odd.']
  expect(fieldProblems(sentences)).toEqual({ byField: {}, others: sentences })
})
