import { expect, test } from 'vitest'
import { narrow } from '../filter/narrow.ts'
import { MEASURES, measureOf } from './measures.ts'

const behind = (key: string) => measureOf(key).behind

test('a rate leads to the sessions that it counts, a mean to those that make it, largest first', () => {
  expect(behind('sessions')).toEqual({})
  expect(behind('visitors')).toEqual({})
  expect(behind('bounceRate')).toEqual({ minEvents: '1', maxEvents: '1' })
  expect(behind('conversionRate')).toEqual({ converted: 'true' })
  expect(behind('meanDuration')).toEqual({ sort: '-duration' })
  expect(behind('points')).toEqual({ sort: '-points' })
})

test('a filter by the fewest events stays, so that no session is found that the figure leaves out', () => {
  expect(narrow({ minEvents: '5', device: 'mobile' }, behind('bounceRate'))).toEqual({
    device: 'mobile',
    minEvents: '5',
    maxEvents: '1',
  })
})

test('each figure says which sessions it leads to, and an unknown one is that of sessions', () => {
  for (const { behindWords } of MEASURES) expect(behindWords).toMatch(/^The sessions /)
  expect(measureOf('nothing').key).toBe('sessions')
  expect(measureOf(undefined).key).toBe('sessions')
})
