import { expect, test } from 'vitest'
import type { SessionObject } from '@sojourn/protocol'
import { activeFilters, filterChange } from './filter-params.ts'
import { FILTERS } from './filters.ts'
import { queryOf, sharedParams } from './query.ts'
import { suggestionsFor } from './suggestions.ts'

const filter = (key: string): (typeof FILTERS)[number] => FILTERS.find((entry) => entry.key === key)!
const session = (path: string, tags: readonly string[] = []): SessionObject =>
  ({ entry: { name: 'page_view', path }, tags, source: {}, profile: {} }) as unknown as SessionObject

test('suggests what the sessions hold, most frequent first', () => {
  const sessions = [session('/b'), session('/a'), session('/b')]
  expect(suggestionsFor(filter('entryPath'), sessions)).toEqual(['/b', '/a'])
  expect(suggestionsFor(filter('tag'), [session('/', ['x', '__proto__'])])).toEqual(['__proto__', 'x'])
})

test('knows which filters an address sets, and ignores what is none', () => {
  expect(
    activeFilters({ device: 'mobile', sort: '-events', nonsense: '1' }).map(({ filter: { key } }) => key),
  ).toEqual(['device'])
})

test('asks the API for filters, definition and time, and for nothing else of the address', () => {
  const asked = queryOf(
    { device: 'mobile', range: 'all', definition: 'visits', columns: 'a', measure: 'x' },
    0,
  )
  expect(asked).toEqual({ device: 'mobile', definition: 'visits' })
})

test('leads on with what is about the sessions', () => {
  expect(sharedParams({ device: 'mobile', range: '7d', interval: 'day', sort: 'x' })).toEqual({
    device: 'mobile',
    range: '7d',
  })
})

test('what says more of a filter comes and goes with it', () => {
  const address = { led: 'docs,product', ledFrom: 'a', ledTo: 'b', pagesUntil: 'demo', range: 'all' }
  expect(queryOf(address, 0)).toEqual({ led: 'docs,product', ledFrom: 'a', ledTo: 'b' })
  expect(sharedParams(address)).toEqual({ led: 'docs,product', ledFrom: 'a', ledTo: 'b', range: 'all' })
  expect(filterChange(filter('led'), undefined)).toEqual({
    led: undefined,
    ledFrom: undefined,
    ledTo: undefined,
  })
})
