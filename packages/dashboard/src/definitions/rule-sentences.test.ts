import { expect, test } from 'vitest'
import { EMPTY_DRAFT } from './draft.ts'
import type { Draft, DraftField } from './draft.ts'
import { ruleSentence, rulesInShort } from './rule-sentences.ts'

const SET: Draft = {
  name: 'all',
  scope: 'profile',
  by: 'client',
  timeout: '10m',
  maxLength: '6h',
  maxEvents: '100',
  dayBoundary: 'Asia/Tokyo',
  splitOn: ['campaign', 'user'],
  startEvents: 'login\nstart',
  endEvents: 'logout',
  property: 'properties.order_id',
  passiveEvents: 'still_open',
  sources: ['Shop'],
  sourceTypes: ['product'],
}
const FIELDS = (Object.keys(EMPTY_DRAFT) as DraftField[]).filter((field) => field !== 'name')

test.each(FIELDS)('%s has one sentence, and another one when it is set', (field) => {
  const [without, set] = [ruleSentence(field, EMPTY_DRAFT), ruleSentence(field, SET)]
  expect(set).not.toBe(without)
  for (const sentence of [without, set]) expect(sentence).toMatch(/^\S.*[^.]\.$/)
})

test('sentences hold what is set', () => {
  expect(ruleSentence('timeout', SET)).toContain('A person who has done nothing for 10m')
  expect(ruleSentence('splitOn', SET)).toContain('another campaign or another user')
  expect(ruleSentence('startEvents', SET)).toBe('login or start always begins a session.')
})

test('a definition in one line names every rule that is set', () => {
  expect(rulesInShort({})).toBe('After 30m without activity, by visitor')
  const line = rulesInShort({
    by: 'client',
    scope: 'profile',
    timeout: '10m',
    maxLength: '6h',
    maxEvents: 100,
    dayBoundary: 'Asia/Tokyo',
    splitOn: ['campaign'],
    startEvents: ['login'],
    endEvents: ['logout'],
    property: 'properties.order_id',
    passiveEvents: ['still_open'],
    sources: ['Shop'],
    sourceTypes: ['product'],
  })
  for (const word of ['senders', '10m', 'person', '6h', '100', 'Asia/Tokyo', 'campaign', 'login', 'logout'])
    expect(line).toContain(word)
  for (const word of ['order_id', 'still_open', 'Shop', 'product']) expect(line).toContain(word)
})
