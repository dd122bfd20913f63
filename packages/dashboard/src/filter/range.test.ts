import { expect, test } from 'vitest'
import { fromLocalInput, rangeKey, rangeParams, toLocalInput } from './range.ts'

const NOW = Date.parse('2024-05-30T12:34:56.789Z')

test('counts back from now, to the whole minute', () => {
  expect(rangeParams({ range: '24h' }, NOW)).toEqual({ from: '2024-05-29T12:34:00.000Z' })
  expect(rangeParams({ range: '24h' }, NOW + 1_000)).toEqual(rangeParams({ range: '24h' }, NOW))
})

test('is 30 days where the address says nothing, or nonsense', () => {
  expect([rangeKey({}), rangeKey({ range: 'x' })]).toEqual(['30d', '30d'])
})

test('has no bounds for all time', () => {
  expect(rangeParams({ range: 'all' }, NOW)).toEqual({})
})

test('takes ends that are set as they are', () => {
  expect(rangeParams({ range: '7d', from: '2024-01-01T00:00:00.000Z' }, NOW)).toEqual({
    from: '2024-01-01T00:00:00.000Z',
  })
})

test('reads back what the date field showed', () => {
  const iso = '2024-05-30T07:44:00.000Z'
  expect(fromLocalInput(toLocalInput(iso))).toBe(iso)
  expect([toLocalInput('nonsense'), toLocalInput(undefined), fromLocalInput('')]).toEqual(['', '', undefined])
})
