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
  expect(pathQuery(ENTRY)).toEqual({ until: undefined, last: undefined })
  expect(pathQuery({ end: 'exit', goal: 'demo' })).toEqual({ until: 'demo', last: true })
})

test('ways to the exit are drawn from their last page backwards', () => {
  const steps = ['/', '/docs', '/pricing']
  expect(fromFixedEnd(steps, ENTRY)).toEqual(steps)
  expect(fromFixedEnd(steps, EXIT)).toEqual(['/pricing', '/docs', '/'])
  expect([0, 1, 2].map((at) => columnWords(at, ENTRY))).toEqual(['Entry', 'Page 2', 'Page 3'])
  expect([0, 1, 2].map((at) => columnWords(at, EXIT))).toEqual(['Exit', '1 page before', '2 pages before'])
  expect(columnWords(0, { end: 'exit', goal: 'demo' })).toBe('At the goal')
})

test('a block leads to sessions that entered or left where its ways do', () => {
  expect(blockFilters(['/'], ENTRY)).toEqual({ entryPath: '/' })
  expect(blockFilters(['/', '/docs'], ENTRY)).toEqual({ entryPath: '/', path: '/docs' })
  expect(blockFilters(['/signup', '/pricing'], EXIT)).toEqual({ exitPath: '/signup', path: '/pricing' })
  expect(blockFilters(['/', '/docs'], { end: 'entry', goal: 'demo' })).toEqual({
    entryPath: '/',
    path: '/docs',
    goal: 'demo',
  })
})

test('where a goal was reached need not be the exit, so the exit is not asked for', () => {
  const view = { end: 'exit', goal: 'demo' } as const
  expect(blockFilters(['/signup'], view)).toEqual({ goal: 'demo', path: '/signup' })
  expect(blockFilters(['/signup', '/pricing'], view)).toEqual({ goal: 'demo', path: '/pricing' })
})
