import { expect, test } from 'vitest'
import type { RankedGroup } from '../api/metrics.ts'
import { FILTERS } from '../filter/filters.ts'
import { RANKINGS, countryName, rowParams } from './rankings.ts'

const kind = (metric: string): (typeof RANKINGS)[number] => RANKINGS.find((entry) => entry.metric === metric)!
const row = (values: object): RankedGroup => values as RankedGroup

test('a row leads to its sessions by filters that there are', () => {
  const known = new Set(FILTERS.map((filter) => filter.key))
  for (const { filters } of RANKINGS) for (const name of filters) expect(known).toContain(name)
  expect(rowParams(kind('entries'), row({ entry: 'page_view', entryPath: '/a', sessions: 3 }))).toEqual({
    entry: 'page_view',
    entryPath: '/a',
  })
})

test('sessions without a value are found by what they lack, and have a name of their own', () => {
  expect(rowParams(kind('campaigns'), row({ sessions: 3 }))).toEqual({
    without: 'utm_source,utm_medium,utm_campaign',
  })
  expect(rowParams(kind('campaigns'), row({ utm_source: 'news', utm_campaign: 'june' }))).toEqual({
    utm_source: 'news',
    utm_campaign: 'june',
    without: 'utm_medium',
  })
  expect(kind('campaigns').label(row({ sessions: 3 }))).toBeUndefined()
})

test('a source is called by its name, and by its id once it is removed', () => {
  expect(kind('sources').label(row({ source: 'id-1', sourceName: 'Shop' }))).toBe('Shop')
  expect(kind('sources').label(row({ source: 'id-1' }))).toBe('id-1')
})

test('a country that is none is shown as it came', () => {
  expect(countryName('FR')).toBe('France')
  expect([countryName('<b>'), countryName('')]).toEqual(['<b>', ''])
})
