import { expect, test } from 'vitest'
import { filterValueWords, parseFilterValue } from './filter-value.ts'
import { FILTERS } from './filters.ts'

const filter = (key: string): (typeof FILTERS)[number] => FILTERS.find((entry) => entry.key === key)!

test.each([
  ['minDuration', '5m', '300'],
  ['minDuration', '90', '90'],
  ['minEvents', ' 3 ', '3'],
  ['status', 'active', 'active'],
  ['converted', 'true', 'true'],
  ['event', ' <b>x</b> ', '<b>x</b>'],
  ['led', 'marketing, docs → product', 'marketing,docs,product'],
  ['firstPages', '/ → /a,b', '["/","/a,b"]'],
  ['without', 'country', 'country'],
])('%s takes %j as %j', (key, typed, value) => {
  expect(parseFilterValue(filter(key), typed)).toEqual({ ok: true, value })
})

test.each([
  ['minDuration', 'soon'],
  ['minEvents', '-1'],
  ['minEvents', '1.5'],
  ['minEvents', '99999999999999999999'],
  ['status', 'open'],
  ['led', 'product'],
  ['lastPages', ' → '],
  ['without', 'luck'],
  ['converted', 'yes'],
  ['event', '   '],
])('%s says how to mend %j', (key, typed) => {
  const parsed = parseFilterValue(filter(key), typed)
  expect(parsed.ok).toBe(false)
  expect(parsed.ok ? '' : parsed.mend).toMatch(/^(Type|Choose) .+\.$/)
})

test('shows durations and counts as people read them, and what a link made of them as it is', () => {
  expect(filterValueWords(filter('minDuration'), '300')).toBe('5m 00s')
  expect(filterValueWords(filter('minDuration'), '<script>')).toBe('<script>')
  expect(filterValueWords(filter('converted'), 'false')).toBe('no')
})
