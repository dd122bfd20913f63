import { afterEach, expect, test } from 'vitest'
import { openStorage } from './storage.ts'

afterEach(() => Reflect.deleteProperty(globalThis, 'localStorage'))

const give = (get: () => unknown) =>
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get })

test.each<[string, () => unknown]>([
  [
    'throws',
    () => {
      throw new DOMException('no', 'SecurityError')
    },
  ],
  ['is null', () => null],
])('storage that %s is replaced by the memory of the page', (_, get) => {
  give(get)
  const storage = openStorage()
  storage['a'] = '1'
  expect(Object.keys(storage)).toEqual(['a'])
})

test('storage that may be used is used', () => {
  const stored = {}
  give(() => stored)
  expect(openStorage()).toBe(stored)
})
