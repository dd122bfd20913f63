import { expect, test } from 'vitest'
import { byteSize, relativeChange } from './number.ts'

test('tells a change with its sign, and a large one as a multiple', () => {
  expect([relativeChange(110, 100), relativeChange(50, 100), relativeChange(5, 5)]).toEqual([
    '+10%',
    '-50%',
    '0%',
  ])
  expect(relativeChange(4_500, 9)).toBe('×500')
})

test('says nothing where there is nothing to compare with', () => {
  expect([relativeChange(3, 0), relativeChange(3, undefined)]).toEqual([undefined, undefined])
})

test('tells sizes in steps of 1,000', () => {
  expect([0, 999, 12_300, 5e9].map(byteSize)).toEqual(['0 B', '999 B', '12.3 kB', '5 GB'])
})
