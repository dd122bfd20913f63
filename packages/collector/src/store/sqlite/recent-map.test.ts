import { expect, test } from 'vitest'
import { createRecentMap } from './recent-map.ts'

test('what was used lately stays, the rest goes', () => {
  const map = createRecentMap<number, string>(10)
  map.set(0, 'kept')
  for (let i = 1; i < 1000; i++) {
    map.set(i, String(i))
    expect(map.get(0)).toBe('kept')
    expect(map.get(i)).toBe(String(i))
  }
  expect(
    Array.from({ length: 1000 }, (_, i) => map.get(i)).filter((value) => value !== undefined).length,
  ).toBeLessThanOrEqual(10)
})

test('a value that is set again is the new one, in either generation', () => {
  const map = createRecentMap<string, number>(4)
  for (const [key, value] of [
    ['a', 1],
    ['b', 1],
    ['c', 1],
    ['a', 2],
  ] as const)
    map.set(key, value)
  expect(map.get('a')).toBe(2)
  map.clear()
  expect(map.get('a')).toBeUndefined()
})
