import { expect, test } from 'vitest'
import { FILTERS } from './filters.ts'
import { filterWords } from './filter-words.ts'

const SOURCES = [
  { id: 's1', name: 'Acme docs' },
  { id: 's2', name: 'Acme app' },
]

test.each([
  ['source', { source: 's1' }, 'Acme docs'],
  ['source', { source: 'gone' }, 'gone'],
  ['led', { led: 'marketing,docs,product' }, 'marketing, docs → product'],
  ['led', { led: 'marketing,docs,product', ledFrom: 's1' }, 'Acme docs → product'],
  ['led', { led: 'docs,product', ledFrom: 's1', ledTo: 's2' }, 'Acme docs → Acme app'],
  ['firstPages', { firstPages: '["/","/pricing"]' }, '/ → /pricing'],
  ['lastPages', { lastPages: '["/"]', pagesUntil: 'demo' }, '/, up to the goal demo'],
  ['firstPages', { firstPages: '<b>' }, '<b>'],
  ['without', { without: 'utm_source,country,luck' }, 'campaign source, country, luck'],
])('a chip tells %s of %j as %j', (key, params, words) => {
  const filter = FILTERS.find((entry) => entry.key === key)!
  expect(filterWords(filter, params as Record<string, string>, SOURCES)).toBe(words)
})
