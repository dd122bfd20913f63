import { expect, test } from 'vitest'
import { formatTable, isKept } from './figure.ts'

test('a promise is kept at its limit and missed beyond it', () => {
  const figure = { name: 'x', unit: '' }
  expect(isKept({ ...figure, value: 0.6, promise: { atLeast: 0.6 } })).toBe(true)
  expect(isKept({ ...figure, value: 0.59, promise: { atLeast: 0.6 } })).toBe(false)
  expect(isKept({ ...figure, value: 20, promise: { atMost: 20 } })).toBe(true)
  expect(isKept({ ...figure, value: 20.1, promise: { atMost: 20 } })).toBe(false)
  expect(isKept({ ...figure, value: NaN, promise: { atMost: 20 } })).toBe(false)
  expect(isKept({ ...figure, value: 1 })).toBeUndefined()
})

test('the table shows three digits and what was promised', () => {
  const table = formatTable([
    { name: 'rows', value: 45_678.9, unit: 'rows/s', note: 'median of 3' },
    { name: 'ratio', value: 0.5912, unit: '', promise: { atLeast: 0.6 } },
  ])
  expect(table.split('\n')).toEqual([
    '| measured | figure        | promised     | note        |',
    '| -------- | ------------- | ------------ | ----------- |',
    '| rows     | 45,700 rows/s |              | median of 3 |',
    '| ratio    | 0.591         | ≥ 0.6 MISSED |             |',
  ])
})
