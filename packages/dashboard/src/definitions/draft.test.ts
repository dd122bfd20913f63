import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { EMPTY_DRAFT, draftOf, rulesOf } from './draft.ts'

const names = fc.uniqueArray(fc.stringMatching(/^[a-z_]{1,12}$/), { minLength: 1, maxLength: 3 })
const rules = fc.record(
  {
    scope: fc.constantFrom('visitor' as const, 'profile' as const),
    by: fc.constantFrom('gap' as const, 'client' as const),
    timeout: fc.constantFrom('90s', '30m', '2d', 1_500),
    maxLength: fc.constantFrom('6h', 90_500),
    maxEvents: fc.integer({ min: 1, max: 1_000_000 }),
    dayBoundary: fc.constantFrom('Europe/Paris', 'UTC'),
    splitOn: fc.uniqueArray(fc.constantFrom('campaign', 'referrer', 'user'), { minLength: 1 }),
    startEvents: names,
    endEvents: names,
    property: fc.constant('properties.order_id'),
    passiveEvents: names,
    sources: names,
    sourceTypes: names,
  },
  { requiredKeys: ['scope', 'by', 'timeout'] },
)

describe('a draft', () => {
  test.prop([rules])('of a stored definition is sent as it is stored', (stored) => {
    expect(rulesOf(draftOf({ name: 'any', ...stored }))).toEqual(stored)
  })

  test('leaves out what is not set, and tidies what is typed', () => {
    expect(rulesOf(EMPTY_DRAFT)).toEqual({ scope: 'visitor', by: 'gap', timeout: '30m' })
    const typed = {
      ...EMPTY_DRAFT,
      timeout: ' 10 M ',
      startEvents: ' login \n\n start',
      dayBoundary: ' UTC ',
    }
    expect(rulesOf(typed)).toMatchObject({
      timeout: '10m',
      startEvents: ['login', 'start'],
      dayBoundary: 'UTC',
    })
  })

  test('sends what is no number as it is typed, for the API to refuse', () => {
    expect(rulesOf({ ...EMPTY_DRAFT, maxEvents: 'many', timeout: 'soon' })).toMatchObject({
      maxEvents: 'many',
      timeout: 'soon',
    })
  })
})
