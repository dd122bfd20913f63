import { expect, test } from 'vitest'
import type { Definition } from '../api/definition.ts'
import { comparableNames, versionBefore } from './comparable-names.ts'

const visits: Definition = { name: 'visits', version: 1, isBuiltIn: true, status: 'ready', progress: 1 }
const orders: Definition = {
  ...visits,
  name: 'orders',
  version: 12,
  isBuiltIn: false,
  earlier: [{ version: 9 }, { version: 11 }, { version: 10 }],
}

test('a definition is followed by its versions before, the latest first', () => {
  expect(comparableNames([visits, orders])).toEqual([
    'visits',
    'orders',
    'orders@11',
    'orders@10',
    'orders@9',
  ])
})

test('the version before is the highest below the present one, where any is kept', () => {
  expect(versionBefore(orders)).toBe(11)
  expect(versionBefore({ ...orders, earlier: [{ version: 12 }, { version: 3 }] })).toBe(3)
  expect(versionBefore({ ...orders, earlier: [] })).toBeUndefined()
  expect(versionBefore(visits)).toBeUndefined()
})
