import { expect, test } from 'vitest'
import { blockFilters, columnWords, fromFixedEnd, pathQuery, pathViewOf } from './path-view.ts'

const ENTRY = { end: 'entry', goal: undefined } as const
const EXIT = { end: 'exit', goal: undefined } as const

test('an address says which ways are drawn, and from the entry where it says nothing', () => {
  expect(pathViewOf({})).toEqual(ENTRY)
  expect(pathViewOf({ ways: 'nowhere', towards: '' })).toEqual(ENTRY)
  expect(pathViewOf({ ways: 'exit' })).toEqual(EXIT)
  expect(pathViewOf({ ways: 'exit', towards: 'demo' })).toEqual({ end: 'exit', goal: 'demo' })
})

test('the last pages are asked for only where the ways lead to an end', () => {
  expect(pathQuery(ENTRY)).toEqual({ until: undefined, last: undefined, partial: true })
  expect(pathQuery({ end: 'exit', goal: 'demo' })).toEqual({ until: 'demo', last: true, partial: true })
})

test('ways to the exit are drawn from their last page backwards', () => {
  const steps = ['/', '/docs', '/pricing']
  expect(fromFixedEnd(steps, ENTRY)).toEqual(steps)
  expect(fromFixedEnd(steps, EXIT)).toEqual(['/pricing', '/docs', '/'])
  expect([0, 1, 2].map((at) => columnWords(at, ENTRY))).toEqual(['Entry', 'Page 2', 'Page 3'])
  expect([0, 1, 2].map((at) => columnWords(at, EXIT))).toEqual(['Exit', '1 page before', '2 pages before'])
  expect(columnWords(0, { end: 'exit', goal: 'demo' })).toBe('At the goal')
})

test('a block leads to the sessions with just its pages, in the order in which they were seen', () => {
  expect(blockFilters(['/'], ENTRY)).toEqual({ firstPages: '["/"]' })
  expect(blockFilters(['/', '/docs'], ENTRY)).toEqual({ firstPages: '["/","/docs"]' })
  expect(blockFilters(['/signup', '/pricing'], EXIT)).toEqual({ lastPages: '["/pricing","/signup"]' })
})

test('where a goal was reached, the pages up to it are asked for', () => {
  const goal = 'demo'
  expect(blockFilters(['/signup', '/pricing'], { end: 'exit', goal })).toEqual({
    lastPages: '["/pricing","/signup"]',
    pagesUntil: goal,
    goal,
  })
  expect(blockFilters(['/'], { end: 'entry', goal })).toEqual({ firstPages: '["/"]', pagesUntil: goal, goal })
})
