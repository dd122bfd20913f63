// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { jsonText } from './json-text.ts'

const cyclic: Record<string, unknown> = {}
cyclic['self'] = cyclic

test.each([
  ['a cycle', { good: 1, bad: cyclic }, { good: 1 }],
  ['a BigInt', { good: 1, big: 10n }, { good: 1, big: '10' }],
  ['a function and undefined', { good: 1, bad: () => 1, none: undefined }, { good: 1 }],
  ['a toJSON that throws', { good: 1, bad: { toJSON: () => document.querySelector('<') } }, { good: 1 }],
  ['a DOM node', { good: 1, node: document.body }, { good: 1, node: {} }],
])('%s costs only what holds it', (_, properties, sent) => {
  expect(JSON.parse(jsonText({ id: 'e', properties }))).toEqual({ id: 'e', properties: sent })
})

test('a getter that throws costs only itself', () => {
  const traits = {
    good: 1,
    get bad(): never {
      throw new Error('no')
    },
  }
  expect(JSON.parse(jsonText({ traits })).traits).toEqual({ good: 1 })
})
